import { optinPageSchema, type KeptWording, type Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { SealedSecret } from '../../keyring.ts'

/** A bot that should be listening, with what it says of its shop. */
export interface ServedBot {
  shopId: string
  id: string
  telegramId: string
  username: string
  name: string
  token: SealedSecret
  webhookPath: string
  webhookSecret: SealedSecret
  shop: {
    slug: string
    name: string
    locale: string
    supportContact: string | null
    privacyUrl: string | null
    /** What the shop rests on the contract: it comes without a tap, until it is switched off. */
    contractPurposes: Purpose[]
    /** What somebody is asked who comes without a link: the purposes of the shop's opt-in page. */
    purposes: Purpose[]
    /** The youngest words for each purpose and language of which the shop has had its own: `wordingInForce` chooses. */
    wordings: KeptWording[]
  }
}

interface Row extends Omit<ServedBot, 'token' | 'webhookSecret' | 'shop'> {
  keyId: string
  ciphertext: Buffer
  secretKeyId: string
  secret: Buffer
  shop: Omit<ServedBot['shop'], 'purposes'> & { purposes: Purpose[] | null }
}

/** Every bot that should be listening, over all shops. */
export async function listServedBots(db: Database): Promise<ServedBot[]> {
  // Postino's own words need no reading: most shops have no others, and this is asked every few seconds.
  const { rows } = await sql<Row>`
    select bot.shop_id as "shopId", bot.id, bot.telegram_id as "telegramId", bot.username, bot.name,
      bot.token_key_id as "keyId", bot.token_ciphertext as ciphertext, bot.webhook_path as "webhookPath",
      bot.webhook_secret_key_id as "secretKeyId", bot.webhook_secret_ciphertext as secret,
      jsonb_build_object('slug', shop.slug, 'name', shop.name, 'locale', shop.locale,
        'supportContact', shop.support_contact, 'privacyUrl', shop.privacy_url,
        'contractPurposes', to_jsonb(shop.contract_purposes), 'purposes', page.settings -> 'purposes',
        'wordings', coalesce(own.wordings, '[]')) as shop
    from bots bot join shops shop on shop.id = bot.shop_id
    left join optin_pages page on page.shop_id = shop.id
    left join (
      select words.shop_id, jsonb_agg(jsonb_build_object('id', youngest.purpose, 'locale', youngest.locale,
        'version', youngest.version, 'title', youngest.title, 'text', youngest.text, 'isDefault', youngest.is_default))
        as wordings
      from (select distinct shop_id, purpose, locale from wordings where not is_default) words
      cross join lateral (
        select purpose, locale, version, title, text, is_default from wordings
        where shop_id = words.shop_id and purpose = words.purpose and locale = words.locale
        order by version desc limit 1
      ) youngest
      group by words.shop_id
    ) own on own.shop_id = shop.id
    where bot.status = 'active' order by bot.id`.execute(db)
  const { purposes } = optinPageSchema.parse({})
  return rows.map(({ keyId, ciphertext, secretKeyId, secret, shop, ...bot }) => ({
    ...bot,
    token: { keyId, ciphertext },
    webhookSecret: { keyId: secretKeyId, ciphertext: secret },
    shop: { ...shop, purposes: shop.purposes ?? purposes },
  }))
}
