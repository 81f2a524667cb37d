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
  /** Epoch milliseconds, on this machine's clock, until which the whole bot must be silent; undefined when it need not. */
  coolingUntilMs?: number
  /** Chats that must be left alone, with the end of their wait in epoch milliseconds, on this machine's clock. */
  coolingChats: { chatId: string; untilMs: number }[]
}

/**
 * Takes the bot over: raises its epoch, so that whoever had the turn before claims nothing more, and turns what that
 * one left in `sending` into `unknown`, since those calls may have reached Telegram; of lane 0 they become due once more
 * after `resendAfterMs`. Undefined when the bot is not active.
 */
export async function beginTurn(
  db: Database,
  bot: { shopId: string; botId: string },
  resendAfterMs: number,
): Promise<BegunTurn | undefined> {
  const begun = await raiseEpoch(db, bot)
  if (begun === undefined) return undefined
  // Postgres says how long: the clock here may be another one.
  const nowMs = Date.now()
  const { keyId, ciphertext, coolingMs, coolingChats, sinceLastTurnMs, ...turn } = begun
  await giveUpSending(db, bot.botId, { epoch: begun.epoch, resendAfterMs })
  return {
    ...bot,
    ...turn,
    token: { keyId, ciphertext },
    coolingUntilMs: coolingMs === null || coolingMs <= 0 ? undefined : nowMs + coolingMs,
    coolingChats: coolingChats.map((chat) => ({ chatId: chat.chatId, untilMs: nowMs + chat.coolingMs })),
    sinceLastTurnMs: sinceLastTurnMs ?? undefined,
  }
}

interface RaisedEpoch {
  telegramId: string
  epoch: string
  keyId: string
  ciphertext: Buffer
  coolingMs: number | null
  sinceLastTurnMs: number | null
  coolingChats: { chatId: string; coolingMs: number }[]
}

async function raiseEpoch(
  db: Database,
  bot: { shopId: string; botId: string },
): Promise<RaisedEpoch | undefined> {
  const { rows } = await sql<RaisedEpoch>`
    update bots set epoch = epoch + 1, turn_started_at = clock_timestamp()
    where shop_id = ${bot.shopId} and id = ${bot.botId} and status = 'active'
    returning telegram_id as "telegramId", epoch, token_key_id as "keyId", token_ciphertext as ciphertext,
      (extract(epoch from cooling_until - clock_timestamp()) * 1000)::float8 as "coolingMs",
      (extract(epoch from clock_timestamp() - old.turn_started_at) * 1000)::float8 as "sinceLastTurnMs",
      coalesce((
        select jsonb_agg(jsonb_build_object('chatId', chat_id::text,
          'coolingMs', (extract(epoch from registration.cooling_until - clock_timestamp()) * 1000)::float8))
        from registrations registration
        where registration.bot_id = bots.id and registration.cooling_until > now()), '[]') as "coolingChats"`.execute(
    db,
  )
  return rows[0]
}

// A statement of its own: raising the epoch waits for a claim that is being committed, and what that one took shows only
// in a newer snapshot. Should this process end in between, the next turn does it.
async function giveUpSending(
  db: Database,
  botId: string,
  turn: { epoch: string; resendAfterMs: number },
): Promise<void> {
  await sql`
    with left_behind as (
      select shop_id, id, lane = 0 and resends = 0 as has_resend from messages
      where bot_id = ${botId} and status = 'sending' and epoch < ${turn.epoch} order by id for update
    )
    update messages message set status = 'unknown', reason = 'sender_stopped',
      due_at = case when has_resend then now() + ${turn.resendAfterMs} * interval '1 millisecond' end,
      ended_at = case when has_resend then null else clock_timestamp() end
    from left_behind where message.shop_id = left_behind.shop_id and message.id = left_behind.id`.execute(db)
}
