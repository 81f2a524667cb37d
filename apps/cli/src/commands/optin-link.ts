import { insertOptinLink, listBotsOfShop, type Database } from '@postino/database'
import { CONSENT_SOURCES, PURPOSES, type Purpose } from '@postino/domain'
import { qrTerminal, startLink } from '@postino/invitation'
import { Option, type Command } from 'commander'
import { chooseBot } from '../choose-bot.ts'
import { getGroup } from '../get-group.ts'
import { getLiveContact } from '../get-live-contact.ts'
import { getShop } from '../get-shop.ts'
import { parseDuration, parseEmail, parseKeyword, parseLocale, parsePurposes } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'

const WEEK_SECONDS = 7 * 86_400

/** Where a link can be shown: the others are what people do in Telegram, or files of proofs. */
const NO_PLACES = new Set(['bot_dialog', 'telegram_login', 'import_proof'])
const SOURCES = CONSENT_SOURCES.filter((source) => !NO_PLACES.has(source))

interface LinkOptions {
  contact?: string
  email?: string
  group?: string
  tester?: true
  bot?: string
  purposes?: readonly Purpose[]
  source: string
  locale?: string
}

export function addOptinLinkCommand(program: Command, { say, read }: Surroundings): void {
  program
    .command('optin-link')
    .description(
      'make a link that binds whoever presses START in it, once; for nobody in particular without --contact',
    )
    .requiredOption('--shop <slug>', 'whose link it is')
    .option('--contact <external id>', 'whom it binds, as the shop’s events name the person')
    .option('--email <address>', 'it is sent to: who comes by it has read that mail', parseEmail)
    .option('--group <keyword>', 'who comes by it joins this group, also a closed one', parseKeyword)
    .option('--tester', 'who comes by it is one of the shop’s own people, and written to in the sandbox')
    .option('--bot <username>', 'which one, when the shop has several')
    .option(
      '--purposes <list>',
      `what to ask for, of ${PURPOSES.join(',')} (default: all, or the group’s)`,
      parsePurposes,
    )
    .addOption(
      new Option('--source <source>', 'where the link is shown, for the ledger')
        .choices(SOURCES)
        .default('api'),
    )
    .option('--locale <locale>', 'of a contact that is new, such as it or it-IT', parseLocale)
    .option('--expires <duration>', 'such as 30m, 12h, 7d', parseDuration, WEEK_SECONDS)
    .option('--qr', 'show it as a QR code, too')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(
      async ({
        shop,
        expires: expiresInSeconds,
        qr,
        ...link
      }: LinkOptions & { shop: string; expires: number; qr?: true }) => {
        const url = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
          createOptinLink(database, (await getShop(database, shop)).id, { ...link, expiresInSeconds }),
        )
        say(url)
        if (qr === true) say(await qrTerminal(url))
      },
    )
}

/** A link that binds whoever presses Start in it, once, and then asks for the given purposes. */
export async function createOptinLink(
  database: Database,
  shopId: string,
  { contact, group: keyword, ...link }: LinkOptions & { expiresInSeconds: number },
): Promise<string> {
  const contactId = contact && (await getLiveContact(database, shopId, contact)).id
  const group = keyword === undefined ? undefined : await getGroup(database, shopId, keyword)
  const bot = chooseBot(await listBotsOfShop(database, shopId), link.bot)
  const { token } = await insertOptinLink(database, shopId, {
    botId: bot.id,
    contactId,
    email: link.email,
    groupId: group?.id,
    purposes: link.purposes ?? group?.purposes ?? PURPOSES,
    source: link.source,
    makesTester: link.tester === true,
    locale: link.locale,
    expiresInSeconds: link.expiresInSeconds,
  })
  return startLink(bot.username, token)
}
