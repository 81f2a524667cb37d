import { findShopBySlug, upsertContact, type Database, type Keyring } from '@postino/database'
import { EXAMPLE_PEOPLE, PURPOSES } from '@postino/domain'
import type { TelegramTransport } from '@postino/telegram'
import { addBot } from '../commands/bot.ts'
import { createKey } from '../commands/key.ts'
import { createOptinLink } from '../commands/optin-link.ts'
import { createShop } from '../commands/shop.ts'
import type { DataFolder } from './data-folder.ts'
import type { EmulatorClient } from './emulator-client.ts'

const SLUG = 'bottega-faenza'
const SHOP = {
  slug: SLUG,
  name: 'Bottega Faenza',
  locale: 'it',
  timeZone: 'Europe/Rome',
  supportContact: 'ciao@bottega-faenza.example',
  privacyUrl: 'https://bottega-faenza.example/privacy',
}
const BOT = { username: 'bottega_faenza_bot', name: 'Bottega Faenza' }
const LINK_SECONDS = 30 * 86_400

/** The shop a local installation begins with, and the people of the emulator who may talk to its bot. */
export interface DemoShop {
  shopId: string
  slug: string
  apiKey: string
  botUsername: string
  people: DemoPerson[]
}

export interface DemoPerson {
  externalId: string
  firstName: string
  /** The emulator's number for the person; undefined when another Bot API is used. */
  telegramId?: number
  /** To be opened on the phone; binds whoever presses Start in it. */
  link: string
}

interface KeptDemo {
  apiKey: string
  people: DemoPerson[]
  botUsername: string
}

export interface DemoShopDependencies {
  database: Database
  keyring: Keyring
  transport: TelegramTransport
  apiRoot: string
  folder: DataFolder
  /** Undefined when another Bot API is used; then `token` is a real bot's. */
  emulator?: EmulatorClient
  token?: string
}

const KEPT_FILE = 'demo.json'

/** The demo shop of this folder, made at the first start and found again at every later one. */
export async function ensureDemoShop(dependencies: DemoShopDependencies): Promise<DemoShop> {
  const { database, folder } = dependencies
  const found = await findShopBySlug(database, SLUG)
  const kept = folder.read(KEPT_FILE)
  if (found !== undefined && kept !== undefined) {
    return { shopId: found.id, slug: SLUG, ...(JSON.parse(kept) as KeptDemo) }
  }
  const shop = found ?? (await createShop(database, SHOP))
  const { text: apiKey } = await createKey(database, shop.id, { name: 'demo', environment: 'test' })
  const token = dependencies.token ?? (await dependencies.emulator?.addBot(BOT))?.token ?? ''
  const bot = await addBot(dependencies, shop.id, token)
  const people: DemoPerson[] = []
  for (const person of EXAMPLE_PEOPLE) people.push(await addPerson(dependencies, shop.id, person))
  const demo: KeptDemo = { apiKey, people, botUsername: bot.username }
  folder.write(KEPT_FILE, JSON.stringify(demo))
  return { shopId: shop.id, slug: SLUG, ...demo }
}

async function addPerson(
  { database, emulator }: DemoShopDependencies,
  shopId: string,
  person: (typeof EXAMPLE_PEOPLE)[number],
): Promise<DemoPerson> {
  await upsertContact(database, shopId, {
    externalId: person.external_id,
    firstName: person.name.first,
    lastName: person.name.last,
    locale: person.locale,
    timeZone: person.time_zone,
  })
  const link = await createOptinLink(database, shopId, {
    contact: person.external_id,
    purposes: PURPOSES,
    source: 'web_form',
    expiresInSeconds: LINK_SECONDS,
  })
  const telegram = await emulator?.addPerson({
    first_name: person.name.first,
    last_name: person.name.last,
    language_code: person.locale.slice(0, 2),
  })
  // The phone shows the chat with its START button, which then carries the link's token.
  if (telegram !== undefined) await emulator?.openLink(telegram.id, link)
  return { externalId: person.external_id, firstName: person.name.first, telegramId: telegram?.id, link }
}
