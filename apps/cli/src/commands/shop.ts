import {
  inTransaction,
  insertShop,
  insertStarterTemplates,
  listShops,
  type Database,
  type Shop,
} from '@postino/database'
import { CHECKER_VERSION, starterTemplates } from '@postino/templates'
import type { QuietHours } from '@postino/domain'
import { Option, type Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { formatTable } from '../format-table.ts'
import {
  parseLocale,
  parseQuietHours,
  parseSlug,
  parseText,
  parseTimeZone,
  parseWebUrl,
} from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { addChangeShopCommand } from './change-shop.ts'
import { addShopRedisUserCommand } from './shop-redis-user.ts'
import { addShopTesterCommand } from './shop-tester.ts'

interface ShopOptions {
  name: string
  locale: string
  timeZone: string
  support?: string
  privacyUrl?: string
  quietHours: QuietHours | 'none'
}

export function addShopCommands(program: Command, surroundings: Surroundings): void {
  const { say, warn, read } = surroundings
  const shop = program.command('shop').description('make shops, change and list them')
  shop
    .command('create')
    .argument('<slug>', 'its short name: small letters, digits and hyphens', parseSlug)
    .description('make a shop, with texts to begin with')
    .requiredOption('--name <name>', 'as its customers know it', parseText)
    .option(
      '--locale <locale>',
      'of its texts when a contact has none, such as it or it-IT',
      parseLocale,
      'en',
    )
    .option('--time-zone <zone>', 'IANA name, such as Europe/Rome', parseTimeZone, 'UTC')
    .option('--support <contact>', 'where customers get help; told by /help', parseText)
    .option('--privacy-url <url>', 'its privacy notice; told by /privacy', parseWebUrl)
    .addOption(
      new Option(
        '--quiet-hours <hours>',
        'in which reminders and bulk wait, on the clock of whoever is told; or none',
      )
        .argParser(parseQuietHours)
        .default({ from: '21:00', until: '08:00' } satisfies QuietHours, '21:00-08:00'),
    )
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (slug: string, { support: supportContact, quietHours, ...options }: ShopOptions) => {
      const { databaseUrl } = read(databaseSettings)
      const quiet = quietHours === 'none' ? {} : { quietHours }
      const { name } = await withDatabase(databaseUrl, (database) =>
        createShop(database, { slug, supportContact, ...options, ...quiet }),
      )
      say(`Made the shop ${slug} (${name}). Next: postino bot add --shop ${slug}`)
    })
  shop
    .command('list')
    .description('list all shops: slug, name, locale, time zone')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async () => {
      const shops = await withDatabase(read(databaseSettings).databaseUrl, listShops)
      if (shops.length === 0) warn('There is no shop yet: postino shop create')
      formatTable(shops.map((each) => [each.slug, each.name, each.locale, each.timeZone])).forEach(say)
    })
  addChangeShopCommand(shop, surroundings)
  addShopTesterCommand(shop, surroundings)
  addShopRedisUserCommand(shop, surroundings)
}

export interface NewShop {
  slug: string
  name: string
  locale: string
  timeZone: string
  supportContact?: string
  privacyUrl?: string
  /** Without them it sends at any hour. */
  quietHours?: QuietHours
}

/** Makes a shop with its starter texts, published, so that its first event has something to say. */
export async function createShop(database: Database, shop: NewShop): Promise<Shop> {
  return await inTransaction(database, async (transaction) => {
    const created = await insertShop(transaction, shop)
    if (created === undefined) {
      throw new CommandFailure(`there is a shop ${shop.slug} already: choose another slug`)
    }
    await insertStarterTemplates(transaction, created.id, starterTemplates, CHECKER_VERSION)
    return created
  })
}
