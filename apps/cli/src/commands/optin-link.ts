import { findContact, insertOptinLink, listBotsOfShop, type Database } from '@postino/database'
import { PURPOSES, type Purpose } from '@postino/domain'
import type { Command } from 'commander'
import { chooseBot } from '../choose-bot.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { parseDuration, parsePurposes, parseText } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { getShop } from '../get-shop.ts'

const WEEK_SECONDS = 7 * 86_400

interface LinkOptions {
  shop: string
  contact: string
  bot?: string
  purposes: readonly Purpose[]
  source: string
  expires: number
}

export function addOptinLinkCommand(program: Command, { say, read }: Surroundings): void {
  program
    .command('optin-link')
    .description('make a link that binds whoever presses START in it to a contact, once')
    .requiredOption('--shop <slug>', 'whose contact it is')
    .requiredOption('--contact <external id>', 'as the shop’s events name the person')
    .option('--bot <username>', 'which one, when the shop has several')
    .option('--purposes <list>', `what to ask for, of ${PURPOSES.join(',')} (default: all)`, parsePurposes)
    .option('--source <source>', 'where the link is shown, for the ledger', parseText, 'api')
    .option('--expires <duration>', 'such as 30m, 12h, 7d (default: 7d)', parseDuration)
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (options: Partial<LinkOptions> & Pick<LinkOptions, 'shop' | 'contact' | 'source'>) => {
      const { shop, expires: expiresInSeconds = WEEK_SECONDS, purposes = PURPOSES, ...link } = options
      say(
        await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
          createOptinLink(database, (await getShop(database, shop)).id, {
            ...link,
            purposes,
            expiresInSeconds,
          }),
        ),
      )
    })
}

/** A link that binds whoever presses Start in it to the contact, once, and then asks for the given purposes. */
export async function createOptinLink(
  database: Database,
  shopId: string,
  link: {
    contact: string
    bot?: string
    purposes: readonly Purpose[]
    source: string
    expiresInSeconds: number
  },
): Promise<string> {
  const contact = await findContact(database, shopId, link.contact)
  if (contact === undefined) {
    throw new CommandFailure(`the shop has no contact ${link.contact}: postino contact add`)
  }
  const bot = chooseBot(await listBotsOfShop(database, shopId), link.bot)
  const { purposes, source, expiresInSeconds } = link
  const { token } = await insertOptinLink(database, shopId, {
    botId: bot.id,
    contactId: contact.id,
    purposes,
    source,
    expiresInSeconds,
  })
  return `https://t.me/${bot.username}?start=${token}`
}
