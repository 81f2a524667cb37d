import { createGroup, deleteGroup, listGroups } from '@postino/database'
import { PURPOSES, type Purpose } from '@postino/domain'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { getGroup } from '../get-group.ts'
import { getShop } from '../get-shop.ts'
import { parseKeyword, parsePurposes, parseText } from '../option-values.ts'
import { sayList } from '../say-list.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { addGroupMemberCommands } from './group-members.ts'

const MOST_LISTED = 1_000

interface CreateOptions {
  shop: string
  name?: string
  closed?: true
  purposes?: readonly Purpose[]
}

export function addGroupCommands(program: Command, surroundings: Surroundings): void {
  const group = program
    .command('group')
    .description('make groups of contacts, list and delete them, and say who is in')
  addCreateCommand(group, surroundings)
  addListCommand(group, surroundings)
  addDeleteCommand(group, surroundings)
  addGroupMemberCommands(group, surroundings)
}

function addCreateCommand(group: Command, { say, read }: Surroundings): void {
  group
    .command('create')
    .argument('<keyword>', 'what people write behind START and STOP, such as vip', parseKeyword)
    .description('make a group; being in it is no consent')
    .requiredOption('--shop <slug>', 'whose group it is')
    .option('--name <name>', 'as people read it (default: the keyword)', parseText)
    .option('--closed', 'nobody joins by its keyword: only the shop adds people, or its links do')
    .option(
      '--purposes <list>',
      `what who joins is asked, of ${PURPOSES.join(',')} (default: marketing)`,
      parsePurposes,
    )
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (keyword: string, { shop: slug, name = keyword, closed, purposes }: CreateOptions) => {
      const created = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        createGroup(database, (await getShop(database, slug)).id, {
          keyword,
          name,
          isOpen: closed !== true,
          ...(purposes !== undefined && { purposes: [...purposes] }),
        }),
      )
      if (created === undefined) throw new CommandFailure(`${slug} has a group ${keyword} already`)
      say(
        created.isOpen
          ? `Made the group ${keyword}. People join it by START ${keyword}.`
          : `Made the group ${keyword}. Next: postino group add ${keyword} <external id> --shop ${slug}`,
      )
    })
}

function addListCommand(group: Command, { say, warn, read }: Surroundings): void {
  group
    .command('list')
    .description('list groups: keyword, name, open or closed, what who joins is asked')
    .requiredOption('--shop <slug>', 'whose groups')
    .option('--json', 'everything, for programs')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async ({ shop: slug, json }: { shop: string; json?: boolean }) => {
      const groups = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        listGroups(database, (await getShop(database, slug)).id, { limit: MOST_LISTED }),
      )
      if (groups.length === 0) warn(`${slug} has no group yet: postino group create`)
      const cells = ({ keyword, name, isOpen, purposes }: (typeof groups)[number]) => {
        return [keyword, name, isOpen ? 'open' : 'closed', purposes.join(',')]
      }
      sayList(groups, { say, json, cells })
    })
}

function addDeleteCommand(group: Command, { say, read }: Surroundings): void {
  group
    .command('delete')
    .argument('<keyword>', 'of the group', parseKeyword)
    .description('forget a group and who was in it; registrations and consents stay')
    .requiredOption('--shop <slug>', 'whose group it is')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (keyword: string, { shop: slug }: { shop: string }) => {
      await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, slug)
        const { id } = await getGroup(database, shopId, keyword)
        await deleteGroup(database, shopId, id)
      })
      say(`The group ${keyword} is gone.`)
    })
}
