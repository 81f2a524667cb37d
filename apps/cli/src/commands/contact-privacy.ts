import { exportContact, listErasedContacts, type Database } from '@postino/database'
import { renderExportHtml } from '@postino/privacy'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { getContact } from '../get-contact.ts'
import { getShop } from '../get-shop.ts'
import { parseLocale, parseText } from '../option-values.ts'
import { parseTime } from '../parse-time.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { writeOutput } from '../write-output.ts'
import { addEraseContactCommands } from './erase-contact.ts'

interface ExportOptions {
  shop: string
  html?: string | true
  out?: string
}

/** `contact export`, `contact erase`, `contact erased` and `contact erase-again`: what a person may ask of a shop. */
export function addContactPrivacyCommands(group: Command, surroundings: Surroundings): void {
  const { say, read } = surroundings
  group
    .command('export')
    .argument('<external id>', 'as the shop’s events name the person')
    .description('everything that is kept about a person, as JSON or as a page to be read and printed')
    .requiredOption('--shop <slug>', 'whose contact it is')
    .option('--html [locale]', 'the page, in it, en or uk; without a language in the person’s', parseLocale)
    .option('--out <file>', 'a new file, instead of standard output', parseText)
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (externalId: string, { shop, html, out: file }: ExportOptions) => {
      const text = await withDatabase(read(databaseSettings).databaseUrl, (database) =>
        exportPerson(database, { shop, externalId }, html),
      )
      await writeOutput([text], { file, say })
    })

  group
    .command('erased')
    .description(
      'the numbers of those who were erased, to erase them again when an older backup was restored',
    )
    .requiredOption('--shop <slug>', 'whose contacts')
    .option('--since <time>', 'such as 2026-11-21T09:00:00Z', parseTime)
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async ({ shop, since }: { shop: string; since?: Date }) => {
      await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, shop)
        for await (const page of listErasedContacts(database, shopId, since === undefined ? {} : { since }))
          for (const { id, erasedAt } of page) say(`${id} ${erasedAt.toISOString()}`)
      })
    })

  addEraseContactCommands(group, surroundings)
}

async function exportPerson(
  database: Database,
  person: { shop: string; externalId: string },
  html: string | true | undefined,
): Promise<string> {
  const { shopId, contactId } = await getContact(database, person)
  const data = await exportContact(database, shopId, contactId)
  if (data === undefined) throw new CommandFailure(`${person.shop} has no contact ${person.externalId}`)
  if (html === undefined) return JSON.stringify(data, undefined, 2)
  return renderExportHtml(data, html === true ? (data.contact.locale ?? 'en') : html)
}
