import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { tokenContext, webhookSecretContext, type Keyring, type SealedSecret } from '../../keyring.ts'
import { shardForANewBot } from '../installation/shard-for-a-new-bot.ts'
import { waitOf } from '../wait-of.ts'

export interface Bot {
  shopId: string
  id: string
  telegramId: string
  username: string
  name: string
  status: 'active' | 'paused' | 'broken' | 'archived'
  brokenReason: string | null
}

const COLUMNS = [
  'shop_id as shopId',
  'id',
  'telegram_id as telegramId',
  'username',
  'name',
  'status',
  'broken_reason as brokenReason',
] as const

/**
 * Adds a bot with its token sealed, or gives a bot of the same shop its new token and makes it active again.
 * Undefined when the bot belongs to another shop.
 */
export async function upsertBot(
  db: Database,
  shopId: string,
  bot: { telegramId: number; username: string; name: string; token: string; keyring: Keyring },
): Promise<Bot | undefined> {
  const telegramId = String(bot.telegramId)
  const token = bot.keyring.seal(bot.token, tokenContext(shopId, telegramId))
  const webhookSecret = bot.keyring.seal(
    randomBytes(32).toString('base64url'),
    webhookSecretContext(shopId, telegramId),
  )
  return await db
    .insertInto('bots')
    .values({
      shop_id: shopId,
      telegram_id: telegramId,
      username: bot.username,
      name: bot.name,
      token_key_id: token.keyId,
      token_ciphertext: token.ciphertext,
      webhook_path: randomBytes(16).toString('base64url'),
      webhook_secret_key_id: webhookSecret.keyId,
      webhook_secret_ciphertext: webhookSecret.ciphertext,
      shard: shardForANewBot(),
    })
    .onConflict((conflict) =>
      conflict
        .column('telegram_id')
        .doUpdateSet({
          username: bot.username,
          name: bot.name,
          token_key_id: token.keyId,
          token_ciphertext: token.ciphertext,
          status: 'active',
          broken_reason: null,
        })
        .where('bots.shop_id', '=', shopId),
    )
    .returning(COLUMNS)
    .$castTo<Bot>()
    .executeTakeFirst()
}

export async function listBotsOfShop(db: Database, shopId: string): Promise<Bot[]> {
  const rows = await db
    .selectFrom('bots')
    .select(COLUMNS)
    .where('shop_id', '=', shopId)
    .orderBy('id')
    .execute()
  return rows as Bot[]
}

/**
 * Parks a bot whose credential Telegram refuses; its messages wait. True when it was active before. A bot that was given
 * another token than the refused one meanwhile stays as it is.
 */
export async function parkBot(
  db: Database,
  shopId: string,
  bot: { botId: string; reason: string; token?: SealedSecret },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('bots')
    .set({ status: 'broken', broken_reason: bot.reason })
    .where('shop_id', '=', shopId)
    .where('id', '=', bot.botId)
    .where('status', '=', 'active')
    .where((is) =>
      bot.token === undefined ? is.lit(true) : is('token_ciphertext', '=', bot.token.ciphertext),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Pauses an active bot, or ends the pause of a paused one; one whose token is refused stays as it is. */
export async function setBotStatus(
  db: Database,
  shopId: string,
  change: { botId: string; status: 'active' | 'paused' },
): Promise<void> {
  await db
    .updateTable('bots')
    .set({ status: change.status })
    .where('shop_id', '=', shopId)
    .where('id', '=', change.botId)
    .where('status', '=', change.status === 'active' ? 'paused' : 'active')
    .execute()
}

/** Telegram asked the whole bot for silence; a longer wait that is known already stays. No wait is shorter than a second. */
export async function coolBot(
  db: Database,
  shopId: string,
  wait: { botId: string; retryAfterSeconds: number },
): Promise<void> {
  await sql`
    update bots set
      cooling_until = greatest(cooling_until, clock_timestamp() + ${waitOf(wait.retryAfterSeconds)})
    where shop_id = ${shopId} and id = ${wait.botId}`.execute(db)
}

/** Telegram took no paid call of the bot: it makes none for so long. */
export async function stopPaying(
  db: Database,
  shopId: string,
  pause: { botId: string; forSeconds: number },
): Promise<void> {
  await sql`
    update bots set paid_refused_until = clock_timestamp() + ${pause.forSeconds} * interval '1 second'
    where shop_id = ${shopId} and id = ${pause.botId}`.execute(db)
}
