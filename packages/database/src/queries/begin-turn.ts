import { sql } from 'kysely'
import type { Database } from '../create-database.ts'
import type { SealedSecret } from '../keyring.ts'

export interface BegunTurn {
  shopId: string
  botId: string
  telegramId: string
  /** The fence: every claim of this turn names it. */
  epoch: string
  token: SealedSecret
  /** Milliseconds since the turn before this one began; undefined when there was none. */
  sinceLastTurnMs?: number
  /** Epoch milliseconds until which the whole bot must be silent; undefined when it need not. */
  coolingUntilMs?: number
  /** Chats that must be left alone, with the end of their wait in epoch milliseconds. */
  coolingChats: { chatId: string; untilMs: number }[]
}

/**
 * Takes the bot over: raises its epoch, so that whoever had the turn before claims nothing more, and turns what that
 * one left in `sending` into `unknown`, since those calls may have reached Telegram. Undefined when the bot is not active.
 */
export async function beginTurn(
  db: Database,
  bot: { shopId: string; botId: string },
  resendAfterMs: number,
): Promise<BegunTurn | undefined> {
  const { rows } = await sql<{
    telegramId: string
    epoch: string
    keyId: string
    ciphertext: Buffer
    coolingUntilMs: number | null
    sinceLastTurnMs: number | null
    coolingChats: { chatId: string; untilMs: number }[]
  }>`
    with before as (
      select shop_id, id, turn_started_at from bots
      where shop_id = ${bot.shopId} and id = ${bot.botId} and status = 'active' for update
    ), bot as (
      update bots set epoch = epoch + 1, turn_started_at = clock_timestamp()
      from before where bots.shop_id = before.shop_id and bots.id = before.id
      returning bots.shop_id, bots.id, telegram_id, epoch, token_key_id, token_ciphertext, cooling_until,
        before.turn_started_at as last_turn_started_at
    ), left_behind as (
      update messages message set status = 'unknown', reason = 'sender_stopped',
        due_at = case when lane = 0 and resends = 0 then now() + ${resendAfterMs} * interval '1 millisecond' end,
        ended_at = case when lane = 0 and resends = 0 then null else clock_timestamp() end
      from bot
      where message.bot_id = bot.id and message.status = 'sending' and message.epoch < bot.epoch
    )
    select bot.telegram_id as "telegramId", bot.epoch, bot.token_key_id as "keyId", bot.token_ciphertext as ciphertext,
      (extract(epoch from bot.cooling_until) * 1000)::float8 as "coolingUntilMs",
      (extract(epoch from clock_timestamp() - bot.last_turn_started_at) * 1000)::float8 as "sinceLastTurnMs",
      coalesce((
        select jsonb_agg(jsonb_build_object('chatId', chat_id::text,
          'untilMs', (extract(epoch from cooling_until) * 1000)::bigint))
        from registrations
        where bot_id = bot.id and cooling_until is not null and cooling_until > now()), '[]') as "coolingChats"
    from bot`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  const { keyId, ciphertext, coolingUntilMs, sinceLastTurnMs, ...turn } = row
  return {
    ...bot,
    ...turn,
    token: { keyId, ciphertext },
    coolingUntilMs: coolingUntilMs ?? undefined,
    sinceLastTurnMs: sinceLastTurnMs ?? undefined,
  }
}
