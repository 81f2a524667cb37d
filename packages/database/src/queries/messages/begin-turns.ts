import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { SealedSecret } from '../../keyring.ts'

export interface BegunTurn {
  shopId: string
  botId: string
  telegramId: string
  /** The fence: every claim of this turn names it. */
  epoch: string
  token: SealedSecret
  /** Milliseconds since the turn before this one began; undefined when there was none. */
  sinceLastTurnMs?: number
  /**
   * Epoch milliseconds, on this machine's clock, until which this turn must be silent, as Telegram asked for it or people
   * were just answered at full speed; undefined when it need not.
   */
  coolingUntilMs?: number
  /** Chats that must be left alone, with the end of their wait in epoch milliseconds, on this machine's clock. */
  coolingChats: { chatId: string; untilMs: number }[]
  /** How far this machine's clock lies behind that of Postgres; the way there and back leaves it open by so much. */
  clockBehindMs: { least: number; most: number }
  /** A message that counts as several was claimed of late: some chat may have got that many at once. */
  hasSentAlbums: boolean
  /** Some message waits for a time of its own, or its time has come. */
  hasTimed: boolean
  /** With paid broadcast: messages a second; undefined without. */
  paidPerSecond?: number
  /** People talk with the bot: part of its limit is needed for the answers. */
  isTalking: boolean
}

/**
 * Takes bots over, in one statement: raises their epochs, so that whoever had the turn before claims nothing more. Answers
 * in the order of the bots; undefined for one that is not active.
 */
export async function beginTurns(
  db: Database,
  bots: { shopId: string; botId: string }[],
): Promise<(BegunTurn | undefined)[]> {
  const askedAtMs = Date.now()
  const raised = await raiseEpochs(db, bots)
  // Postgres says how long: the clock here may be another one.
  const nowMs = Date.now()
  const begun = new Map(raised.map((row) => [row.botId, toBegunTurn(row, { askedAtMs, nowMs })]))
  return bots.map(({ shopId, botId }) => {
    const turn = begun.get(botId)
    return turn?.shopId === shopId ? turn : undefined
  })
}

interface RaisedEpoch {
  shopId: string
  botId: string
  telegramId: string
  epoch: string
  keyId: string
  ciphertext: Buffer
  coolingMs: number | null
  sinceLastTurnMs: number | null
  postgresNowMs: number
  coolingChats: { chatId: string; coolingMs: number }[]
  hasSentAlbums: boolean
  hasTimed: boolean
  paidPerSecond: number | null
  isTalking: boolean
}

function toBegunTurn(row: RaisedEpoch, clock: { askedAtMs: number; nowMs: number }): BegunTurn {
  const {
    keyId,
    ciphertext,
    coolingMs,
    coolingChats,
    sinceLastTurnMs,
    paidPerSecond,
    postgresNowMs,
    ...turn
  } = row
  const { askedAtMs, nowMs } = clock
  return {
    ...turn,
    clockBehindMs: { least: Math.floor(postgresNowMs - nowMs), most: Math.ceil(postgresNowMs - askedAtMs) },
    token: { keyId, ciphertext },
    coolingUntilMs: coolingMs === null || coolingMs <= 0 ? undefined : nowMs + coolingMs,
    coolingChats: coolingChats.map((chat) => ({ chatId: chat.chatId, untilMs: nowMs + chat.coolingMs })),
    sinceLastTurnMs: sinceLastTurnMs ?? undefined,
    paidPerSecond: paidPerSecond ?? undefined,
  }
}

async function raiseEpochs(db: Database, bots: { shopId: string; botId: string }[]): Promise<RaisedEpoch[]> {
  const { rows } = await sql<RaisedEpoch>`
    with wanted as (
      select "shopId", "botId" from jsonb_to_recordset(${JSON.stringify(bots)}::jsonb) as record (
        "shopId" bigint, "botId" bigint)
    ), held as (
      -- In order, so that two processes never wait for each other.
      select bot.shop_id, bot.id from bots bot join wanted on bot.shop_id = "shopId" and bot.id = "botId"
      where bot.status = 'active' order by bot.id for no key update of bot
    )
    update bots bot set epoch = epoch + 1, turn_started_at = clock_timestamp()
    from held join shops shop on shop.id = held.shop_id
    where bot.shop_id = held.shop_id and bot.id = held.id
    returning bot.shop_id as "shopId", bot.id as "botId", bot.telegram_id as "telegramId", bot.epoch,
      bot.token_key_id as "keyId", bot.token_ciphertext as ciphertext,
      -- Who answers people knows of a turn from now on; what was answered before it fills a second of the limit.
      (extract(epoch from greatest(bot.cooling_until, bot.fast_replies_until) - clock_timestamp()) * 1000)::float8
        as "coolingMs",
      (extract(epoch from clock_timestamp() - old.turn_started_at) * 1000)::float8 as "sinceLastTurnMs",
      (extract(epoch from clock_timestamp()) * 1000)::float8 as "postgresNowMs",
      coalesce((
        select jsonb_agg(jsonb_build_object('chatId', chat_id::text,
          'coolingMs', (extract(epoch from registration.cooling_until - clock_timestamp()) * 1000)::float8))
        from registrations registration
        where registration.bot_id = bot.id and registration.cooling_until > now()), '[]') as "coolingChats",
      -- A claim, a call as long as it may take, and the seconds a chat needs after ten at once.
      coalesce(
        (select id from messages where bot_id = bot.id and cost > 1 and ended_at is null
          and claimed_at > clock_timestamp() - interval '40 seconds' order by claimed_at limit 1),
        (select id from messages where bot_id = bot.id and cost > 1 and ended_at > now() - interval '40 seconds'
          and claimed_at > clock_timestamp() - interval '40 seconds' order by claimed_at limit 1)) is not null as "hasSentAlbums",
      (select id from messages where bot_id = bot.id and status in ('queued', 'unknown') and ended_at is null
        and due_at is not null order by due_at limit 1) is not null as "hasTimed",
      case when bot.paid_refused_until > now() then null else shop.paid_messages_per_second end as "paidPerSecond",
      coalesce(bot.talking_until > now(), false) as "isTalking"`.execute(db)
  return rows
}
