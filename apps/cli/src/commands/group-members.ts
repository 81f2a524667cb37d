import { addGroupMembers, listGroupMembers, removeGroupMember, type Addition } from '@postino/database'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { getLiveContact } from '../get-live-contact.ts'
import { getGroup } from '../get-group.ts'
import { getShop } from '../get-shop.ts'
import { parseKeyword, parseLimit } from '../option-values.ts'
import { dayOf, sayList } from '../say-list.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

const LISTED = 100

const OUTCOMES: Record<Addition, string> = {
  added: 'added',
  already: 'was in it already',
  left_by_contact: 'left by their own act, and only they can come back',
  unknown: 'is nobody the shop knows',
}

interface GroupOptions {
  shop: string
}

/** `group add`, `group remove` and `group members`. */
export function addGroupMemberCommands(group: Command, { say, warn, read }: Surroundings): void {
  group
    .command('add')
    .argument('<keyword>', 'of the group', parseKeyword)
    .argument('<external ids...>', 'of contacts')
    .description('add contacts to a group, but for those who left it by their own act')
    .requiredOption('--shop <slug>', 'whose group it is')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (keyword: string, externalIds: string[], { shop: slug }: GroupOptions) => {
      const outcomes = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        const { id: groupId } = await getGroup(database, shopId, keyword)
        return await addGroupMembers(database, shopId, { groupId, externalIds, source: 'operator' })
      })
      if (outcomes === undefined) throw new CommandFailure(`the group ${keyword} was deleted a moment ago`)
      sayList(outcomes, {
        say,
        json: false,
        cells: ({ externalId, outcome }) => [externalId, OUTCOMES[outcome]],
      })
    })

  group
    .command('remove')
    .argument('<keyword>', 'of the group', parseKeyword)
    .argument('<external id>', 'of the contact')
    .description('take a contact out of a group')
    .requiredOption('--shop <slug>', 'whose group it is')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (keyword: string, externalId: string, { shop: slug }: GroupOptions) => {
      const wasIn = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        const { id: groupId } = await getGroup(database, shopId, keyword)
        const { id: contactId } = await getLiveContact(database, shopId, externalId)
        return await removeGroupMember(database, shopId, { groupId, contactId })
      })
      if (!wasIn) throw new CommandFailure(`${externalId} is not in the group ${keyword}`)
      say(`${externalId} is out of the group ${keyword}.`)
    })

  group
    .command('members')
    .argument('<keyword>', 'of the group', parseKeyword)
    .description('list who is in a group: external id, name, since when, by what')
    .requiredOption('--shop <slug>', 'whose group it is')
    .option('--limit <count>', 'so many at most', parseLimit, LISTED)
    .option('--json', 'everything, for programs')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (keyword: string, options: GroupOptions & { limit: number; json?: boolean }) => {
      const members = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, options.shop)
        const { id: groupId } = await getGroup(database, shopId, keyword)
        return await listGroupMembers(database, shopId, { groupId, limit: options.limit })
      })
      if (members.length === 0) warn(`Nobody is in the group ${keyword}.`)
      sayList(members, {
        say,
        json: options.json,
        cells: ({ externalId, firstName, lastName, joinedAt, source }) => {
          const name = [firstName, lastName].filter((part) => part !== null).join(' ')
          return [externalId, name, `since ${dayOf(joinedAt)}`, source]
        },
      })
    })
}
