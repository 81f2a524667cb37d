import { listBotsOfShop, listRegistrations, revokeRegistration } from '@postino/database'
import type { Purpose } from '@postino/domain'
import { Option, type Command } from 'commander'
import { chooseBot } from '../choose-bot.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { getLiveContact } from '../get-live-contact.ts'
import { getGroup } from '../get-group.ts'
import { getShop } from '../get-shop.ts'
import { parseKeyword, parseLimit, parsePurpose, parseRegistrationId, parseText } from '../option-values.ts'
import { dayOf, sayList } from '../say-list.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { addRegistrationImportCommand } from './registration-import.ts'

const LISTED = 50
const STATUSES = ['active', 'stopped', 'blocked', 'revoked']

interface ListOptions {
  shop: string
  status?: string
  bot?: string
  contact?: string
  group?: string
  purpose?: Purpose
  tester?: true
  overQuota?: true
  limit: number
  json?: boolean
}

export function addRegistrationCommands(program: Command, surroundings: Surroundings): void {
  const group = program
    .command('registration')
    .description('list the chats of contacts with bots, revoke one, import those that agreed elsewhere')
  addListCommand(group, surroundings)
  addRevokeCommand(group, surroundings)
  addRegistrationImportCommand(group, surroundings)
}

function addListCommand(group: Command, { say, warn, read }: Surroundings): void {
  group
    .command('list')
    .description(
      'list registrations, the youngest first: number, contact, bot, status, since when, what was agreed to',
    )
    .requiredOption('--shop <slug>', 'whose registrations')
    .addOption(new Option('--status <status>', 'only those').choices(STATUSES))
    .option('--bot <username>', 'with this bot')
    .option('--contact <external id>', 'of this contact')
    .option('--group <keyword>', 'of members of this group', parseKeyword)
    .option('--purpose <purpose>', 'of contacts who agreed to it', parsePurpose)
    .option('--tester', 'of testers, who get messages in the sandbox')
    .option('--over-quota', 'those that wait for room in the quota')
    .option('--limit <count>', 'so many at most', parseLimit, LISTED)
    .option('--json', 'everything, for programs')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async ({ json, ...options }: ListOptions) => {
      const { status, purpose, tester: isTester, overQuota: isOverQuota, limit } = options
      const rows = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, options.shop)
        const { bot, contact, group: keyword } = options
        return await listRegistrations(database, shopId, {
          botId: bot === undefined ? undefined : chooseBot(await listBotsOfShop(database, shopId), bot).id,
          contactId: contact && (await getLiveContact(database, shopId, contact)).id,
          groupId: keyword && (await getGroup(database, shopId, keyword)).id,
          status,
          purpose,
          isTester,
          isOverQuota,
          limit,
        })
      })
      if (rows.length === 0) warn('No registration is like that.')
      sayList(rows, {
        say,
        json,
        cells: (row) => {
          const marks = [row.isTester ? 'tester' : '', row.isOverQuota ? 'over quota' : ''].filter(Boolean)
          const since = `${row.status} since ${dayOf(row.statusChangedAt)}`
          const purposes = row.grantedPurposes.join(',')
          return [row.id, row.externalId, `@${row.botUsername}`, since, purposes, marks.join(', ')]
        },
      })
    })
}

function addRevokeCommand(group: Command, { say, read }: Surroundings): void {
  group
    .command('revoke')
    .argument('<registration>', 'its number', parseRegistrationId)
    .description(
      'end a registration in the shop’s name, as STOP would: what waits is not sent, and every purpose is withdrawn',
    )
    .requiredOption('--shop <slug>', 'whose registration it is')
    .requiredOption('--reason <text>', 'why, kept with the withdrawals', parseText)
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (registrationId: string, { shop: slug, reason }: { shop: string; reason: string }) => {
      const isKnown = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        revokeRegistration(database, (await getShop(database, slug)).id, {
          registrationId,
          source: 'operator',
          actor: 'operator',
          evidence: { tool: 'cli', registration_id: registrationId },
          details: { reason },
        }),
      )
      if (!isKnown) throw new CommandFailure(`${slug} has no registration ${registrationId}`)
      say(`Registration ${registrationId} is revoked; only the person’s own START opens it again.`)
    })
}
