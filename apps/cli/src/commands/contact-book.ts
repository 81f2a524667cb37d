import {
  inTransaction,
  findBookContact,
  listBookContacts,
  listRegistrations,
  mergeContacts,
  type BookContact,
} from '@postino/database'
import type { Purpose } from '@postino/domain'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { formatTable } from '../format-table.ts'
import { getLiveContact } from '../get-live-contact.ts'
import { getGroup } from '../get-group.ts'
import { getShop } from '../get-shop.ts'
import { parseKeyword, parseLimit, parsePurpose } from '../option-values.ts'
import { dayOf, sayList } from '../say-list.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

const LISTED = 50
const REGISTRATIONS_SHOWN = 100

interface ListOptions {
  shop: string
  phone?: string
  email?: string
  group?: string
  purpose?: Purpose
  removed?: boolean
  limit: number
  json?: boolean
}

/** `contact list`, `contact show` and `contact merge`. */
export function addContactBookCommands(group: Command, surroundings: Surroundings): void {
  addListCommand(group, surroundings)
  addShowCommand(group, surroundings)
  addMergeCommand(group, surroundings)
}

function addListCommand(group: Command, { say, warn, read }: Surroundings): void {
  group
    .command('list')
    .description(
      'list contacts, the youngest first: external id, name, phone, e-mail, what they agreed to, open chats',
    )
    .requiredOption('--shop <slug>', 'whose contacts')
    .option('--phone <number>', 'with this number, such as +393471234567')
    .option('--email <address>', 'with this address')
    .option('--group <keyword>', 'members of this group', parseKeyword)
    .option('--purpose <purpose>', 'who have agreed to it', parsePurpose)
    .option('--removed', 'those taken out of the book')
    .option('--limit <count>', 'so many at most', parseLimit, LISTED)
    .option('--json', 'everything, for programs')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async ({ shop: slug, group: keyword, removed, json, ...filter }: ListOptions) => {
      const contacts = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        const groupId = keyword && (await getGroup(database, shopId, keyword)).id
        return await listBookContacts(database, shopId, { ...filter, groupId, isRemoved: removed })
      })
      if (contacts.length === 0) warn('No contact is like that.')
      sayList(contacts, { say, json, cells: cellsOf })
    })
}

function cellsOf(contact: BookContact): string[] {
  const { externalId, phone, email, grantedPurposes, openRegistrations } = contact
  const purposes = grantedPurposes.join(',')
  return [externalId, nameOf(contact), phone ?? '', email ?? '', purposes, `${openRegistrations} open`]
}

function addShowCommand(group: Command, { say, read }: Surroundings): void {
  group
    .command('show')
    .argument('<external id>', 'as the shop’s events name the person')
    .description('tell what is known of a contact, and their chats')
    .requiredOption('--shop <slug>', 'whose contact it is')
    .option('--json', 'everything, for programs')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (externalId: string, { shop: slug, json }: { shop: string; json?: boolean }) => {
      const found = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        const { id: contactId } = await getLiveContact(database, shopId, externalId)
        const contact = await findBookContact(database, shopId, contactId)
        const filter = { contactId, limit: REGISTRATIONS_SHOWN }
        return contact && { ...contact, registrations: await listRegistrations(database, shopId, filter) }
      })
      if (found === undefined) throw new CommandFailure(`${externalId} was erased a moment ago`)
      if (json === true) return say(JSON.stringify(found, undefined, 2))
      formatTable(factsOf(found)).forEach(say)
      const chats = found.registrations.map(({ botUsername, status, statusChangedAt, id }) => {
        return ['chat', `@${botUsername}`, `${status} since ${dayOf(statusChangedAt)}`, `registration ${id}`]
      })
      formatTable(chats).forEach(say)
    })
}

function factsOf(contact: BookContact): string[][] {
  const { phoneVerifiedAt, emailVerifiedAt } = contact
  const facts: [string, string | null][] = [
    ['external id', contact.externalId],
    ['name', nameOf(contact)],
    ['phone', withProof(contact.phone, phoneVerifiedAt)],
    ['e-mail', withProof(contact.email, emailVerifiedAt)],
    ['birthday', contact.birthday],
    ['language', contact.locale],
    ['time zone', contact.timeZone],
    ...Object.entries(contact.attributes).map(([name, value]): [string, string] => [name, String(value)]),
    ['agreed to', contact.grantedPurposes.join(', ')],
    ['withdrew', contact.withdrawnPurposes.join(', ')],
    ['in the book', `since ${dayOf(contact.createdAt)}, by ${contact.origin}`],
    ['taken out', contact.removedAt && dayOf(contact.removedAt)],
  ]
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value]]))
}

function withProof(text: string | null, verifiedAt: Date | null): string | null {
  return text !== null && verifiedAt !== null ? `${text} (proven ${dayOf(verifiedAt)})` : text
}

function nameOf({ firstName, lastName }: BookContact): string {
  return [firstName, lastName].filter((name) => name !== null).join(' ')
}

function addMergeCommand(group: Command, { say, read }: Surroundings): void {
  group
    .command('merge')
    .argument('<external id>', 'of the contact that ends')
    .description('make two contacts one, when both are the same person; this cannot be undone')
    .requiredOption('--shop <slug>', 'whose contacts they are')
    .requiredOption('--into <external id>', 'of the contact that stays')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (externalId: string, { shop: slug, into }: { shop: string; into: string }) => {
      const { status } = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        const [from, stays] = [
          await getLiveContact(database, shopId, externalId),
          await getLiveContact(database, shopId, into),
        ]
        if (from.id === stays.id)
          throw new CommandFailure(`${externalId} and ${into} are one contact already`)
        const merge = {
          fromContactId: from.id,
          intoContactId: stays.id,
          matchedBy: 'operator' as const,
          actor: 'operator',
          evidence: { tool: 'cli' },
        }
        return await inTransaction(database, (trx) => mergeContacts(trx, shopId, merge))
      })
      if (status === 'not_live') throw new CommandFailure('one of them was merged or erased a moment ago')
      say(`${externalId} is one with ${into} now. Next: postino contact show ${into} --shop ${slug}`)
    })
}
