import { importRegistrations, listBotsOfShop, type RegistrationImportCounts } from '@postino/database'
import { readRegistrations } from '@postino/imports'
import type { Command } from 'commander'
import { chooseBot } from '../choose-bot.ts'
import { getShop } from '../get-shop.ts'
import { withImportFile } from '../import-file.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

interface ImportOptions {
  shop: string
  bot?: string
  dryRun?: boolean
  errors?: string
  json?: boolean
}

/** `registration import`. */
export function addRegistrationImportCommand(group: Command, surroundings: Surroundings): void {
  const { say, read } = surroundings
  group
    .command('import')
    .argument('<file>', 'CSV with a header, or - for standard input')
    .description(
      'import chats that agreed elsewhere; each line names chat_id, purposes, obtained_at, source, wording and reference',
    )
    .requiredOption('--shop <slug>', 'whose registrations they are')
    .option('--bot <username>', 'which has these chats, when the shop has several')
    .option('--dry-run', 'check everything, and keep nothing')
    .option(
      '--errors <file>',
      'write everything that is wrong into this CSV file, not the first lines to the terminal',
    )
    .option('--json', 'what became of it, for programs')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(
      async (path: string, { shop: slug, bot, dryRun: isDryRun = false, errors, json }: ImportOptions) => {
        const counts = await withImportFile({ ...surroundings, path, errors }, (chunks, onIssues) =>
          withDatabase(read(databaseSettings).databaseUrl, async (database) => {
            const { id: shopId } = await getShop(database, slug)
            const { id: botId } = chooseBot(await listBotsOfShop(database, shopId), bot)
            const batches = readRegistrations(chunks, Date.now())
            const place = { botId, actor: 'operator', isDryRun, onIssues }
            return await importRegistrations(database, shopId, { ...place, batches })
          }),
        )
        say(json === true ? JSON.stringify(counts) : describe(counts, isDryRun))
      },
    )
}

function describe(
  { registered, granted, unchanged, refused }: RegistrationImportCounts,
  isDryRun: boolean,
): string {
  const what = isDryRun ? 'Nothing was kept. It would be' : 'Imported:'
  return `${what} ${registered} chats registered, ${granted} consents recorded; ${unchanged} lines brought nothing new, ${refused} refused.`
}
