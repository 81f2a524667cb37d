import assert from 'node:assert/strict'
import { chunksOf } from '../create-bull-queue.ts'
import { createGather } from '../gather.ts'
import { parseTurnKey, turnKey } from '../job-catalogue.ts'
import type { Turn } from '../job-catalogue.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { createScript } from '../redis/create-script.ts'

/** The time by which each bot's next turn has to start, for turns that are not to start now; of one shard. */
export type TurnAlarms = {
  /** Each of these bots gets a turn `delayMs` from now, or earlier if it has an earlier alarm already. */
  set: (turns: Turn[], delayMs: number) => Promise<void>
  /** A turn of this bot starts: whatever its alarm was for is served by it. */
  clear: (turn: Turn) => Promise<void>
  /** Takes the bots whose time has come, and says in how many ms the next one is due. */
  ring: () => Promise<{ due: Turn[]; nextInMs: number | undefined }>
  /** Of each bot, in order: whether it has an alarm within the next so many ms. */
  haveWithin: (turns: Turn[], ms: number) => Promise<boolean[]>
  count: () => Promise<number>
}

/**
 * A bot that rang stays in the set with this much more time, until its turn starts: should the process die between
 * ringing and waking, or the wake fail, it rings again.
 */
const RING_AGAIN_AFTER_MS = 10_000

const BOTS_PER_CALL = 200

/*
 * Times are Redis's own (TIME): processes with clocks apart agree on them. LT: an alarm only ever moves forward.
 * KEYS: the alarms. ARGV: for each bot the delay in ms, and the bot.
 */
const setAlarms = createScript(`
  local time = redis.call('TIME')
  local nowMs = time[1] * 1000 + math.ceil(time[2] / 1000)
  for i = 1, #ARGV, 2 do
    redis.call('ZADD', KEYS[1], 'LT', string.format('%.0f', nowMs + ARGV[i]), ARGV[i + 1])
  end
`)

/* KEYS: the alarms. ARGV: how many at most, ms until they ring again. Returns ms to the next alarm or -1, then bots. */
const ringAlarms = createScript(`
  local time = redis.call('TIME')
  local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
  local reply = redis.call('ZRANGE', KEYS[1], '-inf', nowMs, 'BYSCORE', 'LIMIT', 0, ARGV[1])
  for i = 1, #reply do
    redis.call('ZADD', KEYS[1], string.format('%.0f', nowMs + ARGV[2]), reply[i])
  end
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  table.insert(reply, 1, first[2] and math.max(0, first[2] - nowMs) or -1)
  return reply
`)

/* KEYS: the alarms. ARGV: ms, then bots. Returns 1 or 0 for each bot. */
const findAlarms = createScript(`
  local time = redis.call('TIME')
  local untilMs = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]
  local reply = {}
  for i = 2, #ARGV do
    local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
    reply[i - 1] = score and tonumber(score) <= untilMs and 1 or 0
  end
  return reply
`)

export function createTurnAlarms(options: { redis: RedisConnection; prefix: string }): TurnAlarms {
  const { redis, prefix } = options
  const key = `${prefix}:turn-alarms`

  // Turns that begin together, or end together, share a command.
  const setTogether = createGather<{ bot: string; delayMs: number }>(async (alarms) => {
    for (const chunk of chunksOf(alarms, BOTS_PER_CALL)) {
      await setAlarms(
        redis,
        [key],
        chunk.flatMap(({ bot, delayMs }) => [delayMs, bot]),
      )
    }
  })
  const clearTogether = createGather<string>(async (bots) => {
    for (const chunk of chunksOf(bots, BOTS_PER_CALL)) await redis.zrem(key, ...chunk)
  })

  async function set(turns: Turn[], delayMs: number): Promise<void> {
    assert(Number.isFinite(delayMs) && delayMs > 0, 'an alarm lies in the future')
    await setTogether(turns.map((turn) => ({ bot: turnKey(turn), delayMs: Math.ceil(delayMs) })))
  }

  async function ring(): Promise<{ due: Turn[]; nextInMs: number | undefined }> {
    const reply = await ringAlarms(redis, [key], [BOTS_PER_CALL, RING_AGAIN_AFTER_MS])
    assert(Array.isArray(reply), 'the script returns a list')
    const [nextInMs, ...bots]: unknown[] = reply
    return {
      due: bots.map((bot) => parseTurnKey(String(bot))),
      nextInMs: typeof nextInMs === 'number' && nextInMs >= 0 ? nextInMs : undefined,
    }
  }

  async function haveWithin(turns: Turn[], ms: number): Promise<boolean[]> {
    const reply = await findAlarms(redis, [key], [ms, ...turns.map(turnKey)])
    assert(Array.isArray(reply), 'the script returns a list')
    return reply.map((one) => one === 1)
  }

  return {
    set,
    clear: (turn) => clearTogether([turnKey(turn)]),
    ring,
    haveWithin,
    count: () => redis.zcard(key),
  }
}
