import {
  createGroup,
  insertOptinLink,
  upsertContact,
  type Database,
  type GroupFields,
  type NewOptinLink,
} from '@postino/database'
import { PURPOSES } from '@postino/domain'
import type { Phone } from './phone.ts'

/** What a shop has in the database, to be put there and looked at. */
export interface BotRecords {
  addContact(
    externalId: string,
    fields?: { locale?: string; phone?: string; email?: string },
  ): Promise<string>
  /** The token of an opt-in link, for a contact or for whoever presses START in it. */
  addLink(contactId: string | undefined, more?: LinkChoice): Promise<string>
  /** Answers its id. */
  addGroup(keyword: string, fields?: Partial<GroupFields>): Promise<string>
  ledgerOf(contactId: string): Promise<LedgerRow[]>
  /** What the ledger says now. */
  consentOf(contactId: string): Promise<{ granted: string[]; withdrawn: string[] }>
  registrationsOf(contactId: string): Promise<{ status: string; chat_id: string }[]>
  /** The contact a person's chat with the bot belongs to. */
  contactOf(phone: Phone): Promise<ContactRow | undefined>
  contactById(contactId: string): Promise<ContactRow>
  contacts(): Promise<ContactRow[]>
  /** Which contacts became one. */
  merges(): Promise<MergeRow[]>
  /** The keywords of the groups a contact is in. */
  groupsOf(contactId: string): Promise<string[]>
}

type LinkChoice = Partial<Omit<NewOptinLink, 'contactId'>>

export type ContactRow = Awaited<ReturnType<typeof readContacts>>[number]

export type MergeRow = Awaited<ReturnType<typeof readMerges>>[number]

export type LedgerRow = Awaited<ReturnType<typeof readLedger>>[number]

export function createBotRecords(place: { database: Database; shopId: string; botId: string }): BotRecords {
  const { database, shopId, botId } = place
  const records: BotRecords = {
    async addContact(externalId, fields = {}) {
      return (await upsertContact(database, shopId, { externalId, ...fields })).id
    },
    async addLink(contactId, more = {}) {
      const general = { botId, purposes: PURPOSES, source: 'web_form', expiresInSeconds: 600 }
      return (await insertOptinLink(database, shopId, { ...general, ...more, contactId })).token
    },
    async addGroup(keyword, fields = {}) {
      const group = await createGroup(database, shopId, { keyword, name: keyword.toUpperCase(), ...fields })
      if (group === undefined) throw new Error(`there is a group ${keyword} already`)
      return group.id
    },
    ledgerOf: (contactId) => readLedger(database, contactId),
    async consentOf(contactId) {
      const { granted_purposes: granted, withdrawn_purposes: withdrawn } =
        await records.contactById(contactId)
      return { granted, withdrawn }
    },
    registrationsOf: (contactId) =>
      database
        .selectFrom('registrations')
        .select(['status', 'chat_id'])
        .where('contact_id', '=', contactId)
        .execute(),
    async contactOf({ person }) {
      const registration = await database
        .selectFrom('registrations')
        .select('contact_id as id')
        .where('bot_id', '=', botId)
        .where('chat_id', '=', String(person.id))
        .executeTakeFirst()
      return registration && (await records.contactById(registration.id))
    },
    async contactById(contactId) {
      const contact = (await readContacts(database, shopId)).find(({ id }) => id === contactId)
      if (contact === undefined) throw new Error(`there is no contact ${contactId}`)
      return contact
    },
    contacts: () => readContacts(database, shopId),
    merges: () => readMerges(database, shopId),
    async groupsOf(contactId) {
      const rows = await database
        .selectFrom('group_members')
        .innerJoin('groups', 'groups.id', 'group_members.group_id')
        .select('keyword')
        .where('contact_id', '=', contactId)
        .where('left_at', 'is', null)
        .orderBy('keyword')
        .execute()
      return rows.map(({ keyword }) => keyword)
    },
  }
  return records
}

async function readContacts(database: Database, shopId: string) {
  return await database
    .selectFrom('contacts')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('id')
    .execute()
}

async function readMerges(database: Database, shopId: string) {
  return await database
    .selectFrom('contact_merges')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('id')
    .execute()
}

async function readLedger(database: Database, contactId: string) {
  return await database
    .selectFrom('consents')
    .selectAll()
    .where('contact_id', '=', contactId)
    .orderBy('id')
    .execute()
}
