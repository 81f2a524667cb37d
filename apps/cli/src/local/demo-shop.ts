import {
  API_KEY_SCOPES,
  findShopBySlug,
  upsertContact,
  switchStreamIntake,
  verifyApiKey,
  type Bot,
  type Database,
} from '@postino/database'
import { EXAMPLE_PEOPLE, PURPOSES } from '@postino/domain'
import { addBot } from '../commands/bot.ts'
import { createKey } from '../commands/key.ts'
import { createOptinLink } from '../commands/optin-link.ts'
import { createShop } from '../commands/shop.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import type { TelegramAccess } from '../with-database.ts'
import type { DataFolder } from './data-folder.ts'
import type { EmulatorClient } from './emulator-client.ts'

const SHOP = {
  slug: 'bottega-faenza',
  name: 'Bottega Faenza',
  locale: 'it',
  timeZone: 'Europe/Rome',
  supportContact: 'ciao@bottega-faenza.example',
  privacyUrl: 'https://bottega-faenza.example/privacy',
}
const BOT = { username: 'bottega_faenza_bot', name: 'Bottega Faenza' }
/** The emulator's first person has this number; ours come first. */
const FIRST_PERSON_ID = 501
const LINK_SECONDS = 30 * 86_400
const API_KEY_FILE = 'demo-api-key'

/** The shop a local installation begins with, and its people. */
export interface DemoShop {
  slug: string
  name: string
  apiKey: string
  people: DemoPerson[]
}

export interface DemoPerson {
  externalId: string
  firstName: string
  /** In the emulator; undefined when another Bot API is used. */
  phone: { personId: number; chat: string; hasStarted: boolean } | undefined
  /** Binds whoever presses START in it, once. */
  link: string
}

export interface DemoShopDependencies extends TelegramAccess {
  database: Database
  folder: DataFolder
  /** Undefined when another Bot API is used; then `token` is of a bot there. */
  emulator: EmulatorClient | undefined
  token: string | undefined
}

/** The demo shop, whole: made at the first start, completed at every later one by what it lacks. */
export async function ensureDemoShop(dependencies: DemoShopDependencies): Promise<DemoShop> {
  const { database } = dependencies
  const shop = (await findShopBySlug(database, SHOP.slug)) ?? (await createShop(database, SHOP))
  await switchStreamIntake(database, shop.id, true)
  const apiKey = await ensureApiKey(dependencies, shop.id)
  const bot = await addBot(dependencies, shop.id, await ensureToken(dependencies))
  const people: DemoPerson[] = []
  for (const [at, person] of EXAMPLE_PEOPLE.entries()) {
    people.push(await ensurePerson(dependencies, bot, { ...person, personId: FIRST_PERSON_ID + at }))
  }
  return { slug: shop.slug, name: shop.name, apiKey, people }
}

async function ensureApiKey({ database, folder }: DemoShopDependencies, shopId: string): Promise<string> {
  const kept = folder.read(API_KEY_FILE)
  const known = kept === undefined ? undefined : await verifyApiKey(database, kept)
  // The folder may have been used with another database before, or by a version whose keys could do less.
  const isGood = known?.shopId === shopId && API_KEY_SCOPES.every((scope) => known.scopes.includes(scope))
  if (kept !== undefined && isGood) return kept
  const { text } = await createKey(database, shopId, { name: 'demo', environment: 'test' })
  folder.write(API_KEY_FILE, text)
  return text
}

async function ensureToken({ emulator, token }: DemoShopDependencies): Promise<string> {
  if (emulator !== undefined)
    return ((await emulator.findBot(BOT.username)) ?? (await emulator.addBot(BOT))).token
  if (token !== undefined) return token
  throw new CommandFailure('TELEGRAM_API_ROOT is set: TELEGRAM_BOT_TOKEN is needed, too, of a bot there')
}

type ExamplePerson = (typeof EXAMPLE_PEOPLE)[number] & { personId: number }

async function ensurePerson(
  { database, emulator }: DemoShopDependencies,
  bot: Bot,
  person: ExamplePerson,
): Promise<DemoPerson> {
  const { external_id: externalId, name, locale, time_zone: timeZone } = person
  const contact = { externalId, firstName: name.first, lastName: name.last, locale, timeZone }
  await upsertContact(database, bot.shopId, contact)
  const link = await createOptinLink(database, bot.shopId, {
    contact: externalId,
    bot: bot.username,
    purposes: PURPOSES,
    source: 'web_form',
    expiresInSeconds: LINK_SECONDS,
  })
  const phone = emulator && (await ensurePhone(emulator, bot, { ...person, link }))
  return { externalId, firstName: name.first, phone, link }
}

/** The person in the emulator, with the shop's chat open and START waiting, or pressed already. */
async function ensurePhone(
  emulator: EmulatorClient,
  bot: Bot,
  { personId: id, name, locale, link }: ExamplePerson & { link: string },
): Promise<DemoPerson['phone']> {
  if (!(await emulator.hasPerson(id))) {
    const person = { first_name: name.first, last_name: name.last, language_code: locale.slice(0, 2) }
    await emulator.addPerson({ id, ...person })
  }
  const chat = `${bot.telegramId}:${id}`
  const state = (await emulator.findChat(chat))?.state ?? 'new'
  if (state === 'new') await emulator.openLink(id, link)
  return { personId: id, chat, hasStarted: state === 'started' }
}
