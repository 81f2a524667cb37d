import { Command } from 'commander'
import { migrateToLatest, revokeApiKey, upsertContact } from '@postino/database'
import { readEnvironment, VERSION } from '@postino/runtime'
import { addBot } from './commands/bot.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { explain } from './commands/explain.ts'
import { createKey } from './commands/key.ts'
import { createOptinLink, parseDuration, parsePurposes } from './commands/optin-link.ts'
import { sendEvents } from './commands/send.ts'
import { createShop, getShop, listShopLines } from './commands/shop.ts'
import { up } from './commands/up.ts'
import { CommandFailure } from './command-failure.ts'
import { withDatabase, withTelegram } from './open-database.ts'
import { botTokenSettings, sendSettings } from './settings.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** Every command of `postino`; each does one thing and says what it did. */
export function createProgram(): Command {
  const program = new Command('postino')
    .description('Tells a shop’s customers on Telegram what happens to their orders.')
    .version(VERSION)
  addLocalCommands(program)
  addShopCommands(program)
  addContactCommands(program)
  addEventCommands(program)
  return program
}

function addLocalCommands(program: Command): void {
  program
    .command('up')
    .description('bring up everything on this machine, with a demo shop')
    .option('--data <folder>', 'where the data stay', '.postino')
    .action(async (options: { data: string }) => {
      const stop = new AbortController()
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
      await up({ folder: options.data, say, stop: stop.signal })
    })
  program
    .command('demo')
    .description('show all nine kinds of event go through, on throw-away data')
    .action(async () => {
      if (!(await demo({ say }))) throw new CommandFailure('the demo failed')
    })
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(async () => {
      const ran = await withDatabase(migrateToLatest)
      say(ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`)
    })
  program
    .command('doctor')
    .description('check settings, Postgres, Redis, bots and webhooks, and say how to mend them')
    .action(async () => {
      if (!(await doctor(say))) throw new CommandFailure('not all is well')
    })
}

function addShopCommands(program: Command): void {
  const shop = program.command('shop').description('shops')
  shop
    .command('create <slug>')
    .description('make a shop, with its starter texts')
    .requiredOption('--name <name>', 'as customers know it')
    .option('--locale <locale>', 'of its texts when nothing else is known', 'en')
    .option('--time-zone <zone>', 'IANA name', 'UTC')
    .option('--support <contact>', 'told by /help')
    .option('--privacy-url <url>', 'told by /privacy')
    .action(async (slug: string, options: ShopOptions) => {
      const { name, locale, timeZone, support: supportContact, privacyUrl } = options
      const created = await withDatabase((database) =>
        createShop(database, { slug, name, locale, timeZone, supportContact, privacyUrl }),
      )
      say(`Made the shop ${created.slug} (${created.name}).`)
    })
  shop
    .command('list')
    .description('list all shops')
    .action(async () => (await withDatabase(listShopLines)).forEach(say))

  const key = program.command('key').description('API keys')
  key
    .command('create')
    .description('make an API key; it is shown this once')
    .requiredOption('--shop <slug>')
    .option('--name <name>', 'what it is for', 'default')
    .option('--test', 'a pst_test_ key', false)
    .action(async (options: { shop: string; name: string; test: boolean }) => {
      const environment = options.test ? 'test' : 'live'
      const made = await withDatabase(async (database) =>
        createKey(database, (await getShop(database, options.shop)).id, { name: options.name, environment }),
      )
      say(made.text)
    })
  key
    .command('revoke <id>')
    .description('end a key; its id are the ten characters behind pst_live_ or pst_test_')
    .requiredOption('--shop <slug>')
    .action(async (id: string, options: { shop: string }) => {
      const isRevoked = await withDatabase(async (database) =>
        revokeApiKey(database, (await getShop(database, options.shop)).id, id),
      )
      if (!isRevoked) throw new CommandFailure(`the shop has no live key ${id}`)
      say(`Revoked ${id}.`)
    })

  program
    .command('bot')
    .description('bots')
    .command('add')
    .description('add a bot, or give it its new token')
    .requiredOption('--shop <slug>')
    .option(
      '--token <token>',
      'from @BotFather; better through TELEGRAM_BOT_TOKEN_FILE or TELEGRAM_BOT_TOKEN',
    )
    .action(async (options: { shop: string; token?: string }) => {
      const token = options.token ?? readEnvironment(botTokenSettings).token
      const bot = await withTelegram(async (access) =>
        addBot(access, (await getShop(access.database, options.shop)).id, token),
      )
      say(`@${bot.username} serves ${options.shop}: https://t.me/${bot.username}`)
    })
}

interface ShopOptions {
  name: string
  locale: string
  timeZone: string
  support?: string
  privacyUrl?: string
}

interface ContactOptions {
  shop: string
  externalId: string
  firstName?: string
  lastName?: string
  locale?: string
  timeZone?: string
}

function addContactCommands(program: Command): void {
  program
    .command('contact')
    .description('contacts')
    .command('add')
    .description('add a contact, or complete one; this gives no right to write to them')
    .requiredOption('--shop <slug>')
    .requiredOption('--external-id <id>', 'as the shop’s events name the person')
    .option('--first-name <name>')
    .option('--last-name <name>')
    .option('--locale <locale>', 'such as it-IT')
    .option('--time-zone <zone>', 'such as Europe/Rome')
    .action(async ({ shop, ...contact }: ContactOptions) => {
      await withDatabase(async (database) =>
        upsertContact(database, (await getShop(database, shop)).id, contact),
      )
      say(`${contact.externalId} is in the book of ${shop}.`)
    })
  program
    .command('optin-link')
    .description('make a link that binds whoever presses START in it to a contact, once')
    .requiredOption('--shop <slug>')
    .requiredOption('--contact <external id>')
    .option('--bot <username>', 'of several bots')
    .option('--purposes <list>', 'what to ask for, with commas; all when left out')
    .option('--source <source>', 'where the link is shown', 'api')
    .option('--expires <duration>', 'such as 30m, 12h, 7d', '7d')
    .action(async (options: LinkOptions) => {
      const link = await withDatabase(async (database) =>
        createOptinLink(database, (await getShop(database, options.shop)).id, {
          contact: options.contact,
          bot: options.bot,
          purposes: parsePurposes(options.purposes),
          source: options.source,
          expiresInSeconds: parseDuration(options.expires),
        }),
      )
      say(link)
    })
}

interface LinkOptions {
  shop: string
  contact: string
  bot?: string
  purposes?: string
  source: string
  expires: string
}

function addEventCommands(program: Command): void {
  program
    .command('send [file]')
    .description('post an event, or a list of them, from a file or standard input')
    .action(async (file: string | undefined) => {
      const { url, apiKey } = readEnvironment(sendSettings)
      say(await sendEvents({ file, input: process.stdin, url, apiKey }))
    })
  program
    .command('explain <id>')
    .description('tell the whole way of an event (its own id) or of a message (its number)')
    .requiredOption('--shop <slug>')
    .action(async (id: string, options: { shop: string }) => {
      say(
        await withDatabase(async (database) =>
          explain(database, (await getShop(database, options.shop)).id, id),
        ),
      )
    })
}
