import {
  API_KEY_SCOPES,
  createKeyring,
  generateApiKey,
  insertShop,
  insertStarterTemplates,
  parseSecretKeys,
  tokenContext,
  type Database,
} from '@postino/database'
import { CHECKER_VERSION, starterTemplates } from '@postino/templates'
import { sql } from 'kysely'
import { externalIdOf } from '../pipeline/order-event.ts'
import type { Telegram } from './telegram.ts'

/** Shops with one bot each, whose chats are the people 1 to `chats`, each a registered contact of that shop. */
export interface Shops {
  chats: number
  shops: { id: string; slug: string; apiKey: string; telegramId: number }[]
}

type Place = { database: Database; telegram: Telegram; secretKeys: string }

/** The texts of orders in the shops' language are the starters', as a new shop has them. */
const TEXTS = starterTemplates.filter(
  ({ kind, locale }) => kind === 'order.status_changed' && locale === 'en',
)

export async function addShops(
  { database, telegram, secretKeys }: Place,
  { count, chats, name }: { count: number; chats: number; name: string },
): Promise<Shops> {
  const ids = await insertShops(database, { count, name })
  const bots = await telegram.ask('addBots', { count, people: chats })
  const keyring = createKeyring(parseSecretKeys(secretKeys))
  const shops = ids.map(({ id, slug }, index) => {
    const { id: telegramId, token } = bots[index] ?? { id: 0, token: '' }
    const { keyId, ciphertext } = keyring.seal(token, tokenContext(id, String(telegramId)))
    const key = generateApiKey('live')
    const [sealed, hash] = [ciphertext.toString('hex'), key.secretHash.toString('hex')]
    return {
      shop: { id, slug, telegramId, apiKey: key.text },
      row: { id, telegramId, keyId, sealed, key: key.id, hash },
    }
  })
  const rows = JSON.stringify(shops.map(({ row }) => row))
  await sql`
    with shop as (
      select * from jsonb_to_recordset(${rows}::jsonb) as record (
        id bigint, "telegramId" bigint, "keyId" text, sealed text, key text, hash text)
    ), key as (
      insert into api_keys (shop_id, id, secret_hash, name, environment, scopes)
      select id, key, decode(hash, 'hex'), 'bench', 'live', ${API_KEY_SCOPES}::text[] from shop
    ), bot as (
      insert into bots (shop_id, telegram_id, username, name, token_key_id, token_ciphertext, webhook_path,
        webhook_secret_key_id, webhook_secret_ciphertext)
      select id, "telegramId", 'bot_' || "telegramId", 'Bench', "keyId", decode(sealed, 'hex'), 'path-' || "telegramId",
        "keyId", decode(sealed, 'hex') from shop order by id
      returning shop_id, id
    ), contact as (
      insert into contacts (shop_id, external_id)
      select bot.shop_id, ${externalIdOf('')} || chat from bot, generate_series(1, ${chats}::int) chat
      returning shop_id, id, external_id
    )
    insert into registrations (shop_id, bot_id, contact_id, chat_id, telegram_user_id, status, source)
    select shop_id, bot.id, contact.id, chat, chat, 'active', 'bench' from bot join contact using (shop_id)
    cross join lateral (select replace(contact.external_id, ${externalIdOf('')}, '')::bigint) as person (chat)`.execute(
    database,
  )
  await copyTexts(database, ids)
  await sql`analyze shops, bots, contacts, registrations, api_keys, templates, template_versions`.execute(
    database,
  )
  return { chats, shops: shops.map(({ shop }) => shop) }
}

async function insertShops(database: Database, { count, name }: { count: number; name: string }) {
  const model = await insertShop(database, {
    slug: `${name}-1`,
    name: 'Bottega Faenza',
    locale: 'en',
    timeZone: 'Europe/Rome',
    supportContact: 'help@bottega-faenza.example',
  })
  if (model === undefined) throw new Error(`there are shops ${name} already`)
  await sql`
    insert into shops (slug, name, locale, time_zone, support_contact)
    select ${`${name}-`} || number, name, locale, time_zone, support_contact
    from shops, generate_series(2, ${count}::int) number where id = ${model.id}`.execute(database)
  // Order updates rest on the contract with the customer and need no consent.
  const { rows } = await sql<{ id: string; slug: string }>`
    update shops set contract_purposes = '{order_updates}', stream_intake = true where slug like ${`${name}-%`}
    returning id, slug`.execute(database)
  return rows.toSorted((one, other) => Number(one.id) - Number(other.id))
}

/** To the first as a new shop gets them, and from there to the others. */
async function copyTexts(database: Database, [model, ...others]: { id: string }[]): Promise<void> {
  if (model === undefined) return
  await insertStarterTemplates(database, model.id, TEXTS, CHECKER_VERSION)
  await sql`
    with copied as (
      insert into templates (shop_id, kind, state, locale)
      select other.id, kind, state, locale from templates,
        unnest(${others.map(({ id }) => id)}::bigint[]) other (id)
      where shop_id = ${model.id}
      returning shop_id, id, kind, state, locale
    )
    insert into template_versions (shop_id, template_id, version, status, content, checker_version, published_at)
    select copied.shop_id, copied.id, version, status, content, checker_version, published_at
    from copied join templates model using (kind, state, locale)
    join template_versions on template_versions.shop_id = model.shop_id and template_id = model.id
    where model.shop_id = ${model.id}`.execute(database)
}
