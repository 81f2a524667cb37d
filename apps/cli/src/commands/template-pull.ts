import { listWholeTemplates, type Database, type Template } from '@postino/database'
import type { Command } from 'commander'
import { getShop } from '../get-shop.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { listEveryPage } from '../templates/list-every-page.ts'
import { pullTemplates } from '../templates/pull-templates.ts'
import { sayPlaced } from '../templates/say-placed.ts'
import { withDatabase } from '../with-database.ts'

interface PullOptions {
  drafts?: boolean
  force?: boolean
}

/** `template pull`. */
export function addTemplatePullCommand(group: Command, { say, warn, read }: Surroundings): void {
  group
    .command('pull')
    .argument('<shop>', 'its short name')
    .argument('<folder>', 'where the files go; it is made when there is none')
    .description('write a shop’s texts into a folder, one file each; no file is removed')
    .option('--drafts', 'what is being written, where something is, not what is in force')
    .option('--force', 'write over files that were changed and not pushed')
    .addHelpText('after', commandHelp('template pull bottega texts', databaseSettings))
    .action(
      async (
        slug: string,
        folder: string,
        { drafts: isWithDrafts = false, force: isForced = false }: PullOptions,
      ) => {
        const templates = await withDatabase(read(databaseSettings).databaseUrl, (database) =>
          readAll(database, slug),
        )
        const { placed, leftOut, orphans } = await pullTemplates(folder, templates, {
          isWithDrafts,
          isForced,
        })
        for (const message of leftOut) warn(message)
        for (const path of orphans) warn(`${path} is not in force in the shop; it stays.`)
        sayPlaced(placed, say)
      },
    )
}

/** As they were at one moment. */
async function readAll(database: Database, slug: string): Promise<Template[]> {
  const { id: shopId } = await getShop(database, slug)
  return await database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) => listEveryPage((page) => listWholeTemplates(snapshot, shopId, page)))
}
