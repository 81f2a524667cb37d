import { optinPageSchema, type KeptWording, type OptinPageSettings, type Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { SealedSecret } from '../../keyring.ts'

/** All that a shop's public pages are made of. Nothing in it is about a person. */
export interface OptinPage {
  shopId: string
  slug: string
  /** The shop's own; the page may show another, from its settings. */
  name: string
  locale: string
  timeZone: string
  privacyUrl: string | null
  supportContact: string | null
  /** What the shop rests on the contract. */
  contractPurposes: Purpose[]
  isPublished: boolean
  settings: OptinPageSettings
  /** The group of the settings, if there is one with that keyword. */
  groupId: string | null
  /** The bots that are served, the oldest first. */
  bots: OptinPageBot[]
  /** The youngest words kept for each purpose and language. */
  wordings: KeptWording[]
}

export interface OptinPageBot {
  id: string
  telegramId: string
  username: string
  name: string
  /** Of "Log in with Telegram", where the bot has it. */
  login: { clientId: string; secret: SealedSecret } | null
}

/** A shop's page by the name in its address; with the default settings when the shop has said nothing. */
export async function findOptinPage(db: Database, slug: string): Promise<OptinPage | undefined> {
  const { rows } = await sql<Row>`
    select shop.id as "shopId", shop.slug, shop.name, shop.locale, shop.time_zone as "timeZone",
      shop.privacy_url as "privacyUrl", shop.support_contact as "supportContact", shop.contract_purposes as "contractPurposes",
      coalesce(page.is_published, true) as "isPublished", coalesce(page.settings, '{}') as settings, (
        select id from groups where shop_id = shop.id and keyword = page.settings ->> 'group'
      ) as "groupId", (
        select coalesce(jsonb_agg(jsonb_build_object('id', id::text, 'telegramId', telegram_id::text,
          'username', username, 'name', name, 'clientId', login_client_id, 'keyId', login_secret_key_id,
          'ciphertext', encode(login_secret_ciphertext, 'base64')) order by id), '[]')
        from bots where shop_id = shop.id and status = 'active'
      ) as bots, (
        select coalesce(jsonb_agg(jsonb_build_object('id', purpose, 'locale', locale, 'version', version,
          'title', title, 'text', text, 'isDefault', is_default)), '[]')
        from (select distinct on (purpose, locale) * from wordings where shop_id = shop.id
          order by purpose, locale, version desc) youngest
      ) as wordings
    from shops shop left join optin_pages page on page.shop_id = shop.id
    where shop.slug = ${slug}`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  return { ...row, settings: optinPageSchema.parse(row.settings), bots: row.bots.map(botOf) }
}

/** What a shop has said about its page. */
export async function readOptinPageSettings(
  db: Database,
  shopId: string,
): Promise<{ isPublished: boolean; settings: OptinPageSettings }> {
  const row = await db
    .selectFrom('optin_pages')
    .select(['is_published as isPublished', 'settings'])
    .where('shop_id', '=', shopId)
    .executeTakeFirst()
  return { isPublished: row?.isPublished ?? true, settings: optinPageSchema.parse(row?.settings ?? {}) }
}

/** From now on the shop's page looks like this; whoever is filling it in may end with what they see. */
export async function saveOptinPage(
  db: Database,
  shopId: string,
  page: { isPublished: boolean; settings: OptinPageSettings },
): Promise<void> {
  const row = { is_published: page.isPublished, settings: JSON.stringify(page.settings) }
  await db
    .insertInto('optin_pages')
    .values({ shop_id: shopId, ...row })
    .onConflict((conflict) =>
      conflict.column('shop_id').doUpdateSet((set) => ({ ...row, updated_at: set.fn('now') })),
    )
    .execute()
}

interface Row extends Omit<OptinPage, 'settings' | 'bots'> {
  settings: unknown
  bots: BotRow[]
}

interface BotRow extends Omit<OptinPageBot, 'login'> {
  clientId: string | null
  keyId: string | null
  ciphertext: string | null
}

function botOf({ clientId, keyId, ciphertext, ...bot }: BotRow): OptinPageBot {
  // All three or none: the table says so.
  if (clientId === null || keyId === null || ciphertext === null) return { ...bot, login: null }
  return { ...bot, login: { clientId, secret: { keyId, ciphertext: Buffer.from(ciphertext, 'base64') } } }
}
