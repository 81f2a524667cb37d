import { eraseContact, type Database, type Erasure } from '@postino/database'
import type { Command } from 'commander'
import { count } from '../count.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { getContact } from '../get-contact.ts'
import { getShop } from '../get-shop.ts'
import { readInput } from '../read-input.ts'
import { readLine } from '../read-line.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Say, Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

const ACTOR = { actor: 'operator' }
const MOST_BYTES = 16 * 1024 * 1024

interface EraseOptions {
  shop: string
  yes?: true
}

/** `contact erase` and `contact erase-again`. */
export function addEraseContactCommands(group: Command, { say, warn, input, read }: Surroundings): void {
  group
    .command('erase')
    .argument('<external id>', 'as the shop’s events name the person')
    .description('erase a person for good, chats included; it is asked for the external id once more')
    .requiredOption('--shop <slug>', 'whose contact it is')
    .option('--yes', 'without asking')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (externalId: string, { shop, yes }: EraseOptions) => {
      const erasure = await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { shopId, contactId } = await getContact(database, { shop, externalId })
        if (yes !== true) {
          warn(
            `Everything about ${externalId} goes for good, and nobody can bring it back. Type the external id again:`,
          )
          if ((await readLine(input)) !== externalId)
            throw new CommandFailure('that is another one, nothing was erased: type it again, or say --yes')
        }
        return await eraseContact(database, shopId, contactId, ACTOR)
      })
      say(`${externalId}: ${describe(erasure)}`)
    })

  group
    .command('erase-again')
    .argument('[file]', 'as postino contact erased tells them; standard input without it')
    .description('erase once more whom a restored backup brought back')
    .requiredOption('--shop <slug>', 'whose contacts')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (file: string | undefined, { shop }: EraseOptions) => {
      const source = file === undefined ? { input } : { file, input }
      const numbers = readNumbers((await readInput(source, { maxBytes: MOST_BYTES })).toString('utf8'))
      await withDatabase(read(databaseSettings).databaseUrl, (database) =>
        eraseAgain(database, { shop, numbers }, say),
      )
    })
}

/** One a line; what stands behind it is the time. */
function readNumbers(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, index) => {
    const number = /^([1-9]\d{0,17})(?:\s|$)/.exec(line)?.[1]
    if (number === undefined) throw new CommandFailure(`line ${index + 1} begins with no number of a contact`)
    return number
  })
}

async function eraseAgain(
  database: Database,
  { shop, numbers }: { shop: string; numbers: string[] },
  say: Say,
): Promise<void> {
  const { id: shopId } = await getShop(database, shop)
  let unknown = 0
  for (const number of numbers) {
    const erasure = await eraseContact(database, shopId, number, ACTOR)
    if (erasure.status === 'unknown_contact') unknown += 1
    say(`${number}: ${describe(erasure)}`)
  }
  if (unknown > 0) throw new CommandFailure(`${shop} has no contact of ${unknown} of these numbers`)
}

function describe(erasure: Erasure): string {
  switch (erasure.status) {
    case 'erased': {
      const { contacts, registrations, messages, events } = erasure
      const chats = count(registrations, 'chat')
      return `erased: ${count(contacts, 'contact')}, ${chats}, ${count(messages, 'message')}, ${count(events, 'event')}`
    }
    case 'already_erased':
      return 'was erased before'
    case 'unknown_contact':
      return 'is nobody'
  }
}
