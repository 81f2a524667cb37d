import { importContacts, type ContactImportCounts } from '@postino/database'
import { readContacts, type ContactFileOptions } from '@postino/imports'
import type { Command } from 'commander'
import { getShop } from '../get-shop.ts'
import { withImportFile } from '../import-file.ts'
import { parseCountryCode, parseText } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

interface ImportOptions extends ContactFileOptions {
  shop: string
  dryRun?: boolean
  errors?: string
  json?: boolean
}

/** `contact import`. */
export function addContactImportCommand(group: Command, surroundings: Surroundings): void {
  const { say, read } = surroundings
  group
    .command('import')
    .argument('<file>', 'CSV with a header, or - for standard input')
    .description(
      'import contacts, all good lines or, when it breaks off, none; this gives no right to write to them',
    )
    .requiredOption('--shop <slug>', 'whose contacts they are')
    .option('--dry-run', 'check everything, and keep nothing')
    .option(
      '--errors <file>',
      'write everything that is wrong into this CSV file, not the first lines to the terminal',
    )
    .option('--country <code>', 'of phone numbers without a country code, such as IT', parseCountryCode)
    .option('--id-column <name>', 'whose values are the external ids, when no column is called so', parseText)
    .option('--attributes', 'keep columns of unknown names as attributes')
    .option('--json', 'what became of it, for programs')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(
      async (
        path: string,
        { shop: slug, dryRun: isDryRun = false, errors, json, ...file }: ImportOptions,
      ) => {
        const counts = await withImportFile({ ...surroundings, path, errors }, (chunks, onIssues) =>
          withDatabase(read(databaseSettings).databaseUrl, async (database) => {
            const { id: shopId } = await getShop(database, slug)
            return await importContacts(database, shopId, {
              batches: readContacts(chunks, file),
              isDryRun,
              onIssues,
            })
          }),
        )
        say(json === true ? JSON.stringify(counts) : describe(counts, isDryRun))
      },
    )
}

function describe(
  { created, changed, unchanged, refused, repeated }: ContactImportCounts,
  isDryRun: boolean,
): string {
  const lines = `${refused} lines refused, ${repeated} repeated further down`
  const what = isDryRun ? 'Nothing was kept. Of contacts would be' : 'Contacts:'
  return `${what} ${created} new, ${changed} changed, ${unchanged} unchanged; ${lines}.`
}
