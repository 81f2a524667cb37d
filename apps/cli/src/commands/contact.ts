import { saveContact } from '@postino/database'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { parseExternalId, parseLocale, parseText, parseTimeZone } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { getShop } from '../get-shop.ts'
import { addContactBookCommands } from './contact-book.ts'
import { addContactImportCommand } from './contact-import.ts'
import { addContactPrivacyCommands } from './contact-privacy.ts'

interface ContactOptions {
  shop: string
  externalId: string
  firstName?: string
  lastName?: string
  locale?: string
  timeZone?: string
}

export function addContactCommands(program: Command, surroundings: Surroundings): void {
  const { say, read } = surroundings
  const group = program
    .command('contact')
    .description('keep the shop’s book; export and erase what is kept about a person')
  group
    .command('add')
    .description('add a contact, or complete one; this gives no right to write to them')
    .requiredOption('--shop <slug>', 'whose contact it is')
    .requiredOption('--external-id <id>', 'as the shop’s events name the person', parseExternalId)
    .option('--first-name <name>', 'given name', parseText)
    .option('--last-name <name>', 'family name', parseText)
    .option('--locale <locale>', 'such as it or it-IT', parseLocale)
    .option('--time-zone <zone>', 'IANA name, such as Europe/Rome', parseTimeZone)
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async ({ shop, externalId, ...given }: ContactOptions) => {
      const saved = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        saveContact(database, (await getShop(database, shop)).id, {
          external_id: externalId,
          name: { first: given.firstName, last: given.lastName },
          locale: given.locale,
          time_zone: given.timeZone,
        }),
      )
      if (saved.status === 'gone') throw gone(externalId, saved.mergedInto)
      say(
        `${externalId} is in the book of ${shop}. Next: postino optin-link --shop ${shop} --contact ${externalId}`,
      )
    })
  addContactImportCommand(group, surroundings)
  addContactBookCommands(group, surroundings)
  addContactPrivacyCommands(group, surroundings)
}

function gone(externalId: string, mergedInto: string | null): CommandFailure {
  return new CommandFailure(
    mergedInto === null
      ? `${externalId} was erased: add the person under another external id, if they want to be in the book`
      : `${externalId} became the contact ${mergedInto} by a merge: change that one`,
  )
}
