import { listConsents, listLedger, type Database } from '@postino/database'
import type { Command } from 'commander'
import { formatTable } from '../format-table.ts'
import { getContact } from '../get-contact.ts'
import { getShop } from '../get-shop.ts'
import { parseText } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { writeOutput } from '../write-output.ts'
import { addVerifyConsentCommand } from './verify-consent.ts'

const LISTED = 200

interface ConsentOptions {
  shop: string
  contact?: string
  out?: string
}

/** The ledger of consents. */
export function addConsentCommands(program: Command, surroundings: Surroundings): void {
  const { say, warn, read } = surroundings
  const group = program.command('consent').description('read the ledger of consents, and verify it')

  group
    .command('list')
    .description(`what a contact agreed to and withdrew, the latest ${LISTED} acts, the youngest first`)
    .requiredOption('--shop <slug>', 'whose contact it is')
    .requiredOption('--contact <external id>', 'as the shop’s events name the person')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async ({ shop, contact: externalId }: Required<ConsentOptions>) => {
      const entries = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { shopId, contactId } = await getContact(database, { shop, externalId })
        return await listConsents(database, shopId, { contactId, limit: LISTED, isWithDetails: false })
      })
      if (entries.length === 0) warn(`${externalId} has agreed to nothing, and withdrawn nothing.`)
      const rows = entries.map(({ id, recordedAt, action, purpose, source, actor, locale, wording }) => {
        const words = wording === null ? '' : `${locale ?? ''} version ${wording.version}`
        return [id, recordedAt.toISOString(), action, purpose, source, actor, words]
      })
      formatTable(rows).forEach(say)
    })

  group
    .command('export')
    .description('every act with its proof and the words that were shown, a line of JSON each, oldest first')
    .requiredOption('--shop <slug>', 'whose ledger')
    .option('--contact <external id>', 'of this contact alone')
    .option('--out <file>', 'a new file, instead of standard output', parseText)
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async ({ out: file, ...options }: ConsentOptions) => {
      await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        writeOutput(ledgerLines(database, options), { file, say }),
      )
    })

  addVerifyConsentCommand(group, surroundings)
}

async function* ledgerLines(database: Database, options: ConsentOptions): AsyncGenerator<string> {
  const { shop, contact: externalId } = options
  const { shopId, contactId } =
    externalId === undefined
      ? { shopId: (await getShop(database, shop)).id, contactId: undefined }
      : await getContact(database, { shop, externalId })
  const scope = contactId === undefined ? {} : { contactIds: [contactId] }
  for await (const page of listLedger(database, shopId, scope))
    for (const entry of page) yield JSON.stringify(entry)
}
