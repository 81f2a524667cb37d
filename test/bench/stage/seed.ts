import {
  createKeyring,
  insertShop,
  parseSecretKeys,
  tokenContext,
  webhookSecretContext,
  type Database,
} from '@postino/database'
import type { Turn } from '@postino/queues'
import { sql } from 'kysely'
import type { Telegram } from './telegram.ts'

/** Bots of one shop, whose chats are the people 1 to `chats`, each a registered contact of that bot. */
export interface Fleet {
  shopId: string
  bots: Turn[]
  chats: number
  /** The same bots for Telegram. */
  telegramBots: { id: number; token: string }[]
}

/** Messages ready to be sent: `perChat` to each chat of each bot, told apart by their text. */
export interface Load {
  perChat: number
  lane?: 0 | 1 | 2
  /** All of a chat before the next one; else one to each chat, then the next to each. */
  isByChat?: boolean
}

/** What Telegram shows with each webhook of the fleets' bots. */
export const WEBHOOK_SECRET = 'bench-secret'

let shops = 0

export async function addFleet(
  { database, telegram, secretKeys }: { database: Database; telegram: Telegram; secretKeys: string },
  { count, chats }: { count: number; chats: number },
): Promise<Fleet> {
  shops += 1
  const shop = await insertShop(database, {
    slug: `bench-${shops}`,
    name: 'Bench',
    locale: 'en',
    timeZone: 'UTC',
  })
  if (shop === undefined) throw new Error('the shop is there already')
  const keyring = createKeyring(parseSecretKeys(secretKeys))
  const added = await telegram.ask('addBots', { count, people: chats })
  const rows = added.map(({ id, token }) => {
    const { keyId, ciphertext } = keyring.seal(token, tokenContext(shop.id, String(id)))
    const secret = keyring.seal(WEBHOOK_SECRET, webhookSecretContext(shop.id, String(id)))
    return { id, keyId, sealed: ciphertext.toString('hex'), secret: secret.ciphertext.toString('hex') }
  })
  await sql`
    insert into bots (shop_id, telegram_id, username, name, token_key_id, token_ciphertext, webhook_path,
      webhook_secret_key_id, webhook_secret_ciphertext)
    select ${shop.id}, id, 'bot_' || id, 'Bench', "keyId", decode(sealed, 'hex'), 'path-' || id, "keyId",
      decode(secret, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as record (id bigint, "keyId" text, sealed text, secret text)
    order by id`.execute(database)
  await registerPeople(database, shop.id, chats)
  const bots = await database
    .selectFrom('bots')
    .select('id')
    .where('shop_id', '=', shop.id)
    .orderBy('id')
    .execute()
  return {
    shopId: shop.id,
    bots: bots.map(({ id }) => ({ shopId: shop.id, botId: id })),
    chats,
    telegramBots: added,
  }
}

/** The people 1 to `chats` as contacts of each bot of the shop, who need no consent for order updates. */
export async function registerPeople(database: Database, shopId: string, chats: number): Promise<void> {
  await sql`
    with contact as (
      insert into contacts (shop_id, external_id)
      select ${shopId}, bot.id || '-' || chat from bots bot, generate_series(1, ${chats}::int) chat
      where bot.shop_id = ${shopId} returning shop_id, id, external_id
    )
    insert into registrations (shop_id, bot_id, contact_id, chat_id, telegram_user_id, status, source)
    select shop_id, split_part(external_id, '-', 1)::bigint, id, split_part(external_id, '-', 2)::bigint,
      split_part(external_id, '-', 2)::bigint, 'active', 'bench' from contact`.execute(database)
  await sql`update shops set contract_purposes = '{order_updates}' where id = ${shopId}`.execute(database)
  await sql`analyze bots, contacts, registrations`.execute(database)
}

export async function queueMessages(database: Database, fleet: Fleet, load: Load): Promise<void> {
  await sql`
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane, status, bot_id, contact_id,
      registration_id, chat_id, content, queued_at)
    select ${fleet.shopId}, nextval(pg_get_serial_sequence('events', 'id')), contact.external_id, 'customer',
      'order.status_changed', 'paid', 'order_updates', ${load.lane ?? 0}, 'queued', registration.bot_id, contact.id,
      registration.id, registration.chat_id,
      jsonb_build_object('html', 'Your order <b>' || round || '</b> is on its way', 'buttons', '[]'::jsonb, 'silent', false),
      now()
    from generate_series(1, ${load.perChat}::int) round, registrations registration
    join contacts contact on contact.shop_id = registration.shop_id and contact.id = registration.contact_id
    where registration.shop_id = ${fleet.shopId}
    order by case when ${load.isByChat ?? false} then registration.chat_id else round end, round,
      registration.chat_id, registration.bot_id`.execute(database)
  await sql`analyze messages`.execute(database)
}
