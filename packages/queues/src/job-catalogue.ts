import type { JobsOptions } from 'bullmq'
import assert from 'node:assert/strict'

/**
 * Every job Postino knows. Jobs carry ids, never content: a job may be lost with Redis and rebuilt from Postgres, it
 * may run twice, and whoever reads Redis learns nothing about anybody.
 */

/** Gives a bot its turn: for about a second one sender alone sends for it. */
export type Turn = { shopId: string; botId: string }

/** One that is taken: the shard is where the bot's turns, alarms and turn state live. */
export type TakenTurn = Turn & { shard: number }

export const RENDER_QUEUE = 'render'
export const TURN_QUEUE = 'turns'

/** Nobody reads the event streams; BullMQ writes them all the same, and keeps 10,000 entries a queue by default. */
export const EVENTS_KEPT = 100

/**
 * Whatever is in here is stored with each job: as long as this text and the job's data have at most 64 bytes each, Redis keeps
 * the job in a third of the memory. So the rest is said by the worker (render/create-render-worker.ts).
 */
export function renderJobOptions(jobId: string): JobsOptions {
  // `backoff` is nothing but the word for the worker's own waits.
  return { jobId, attempts: RENDER_ATTEMPTS, backoff: { type: 'b' } }
}

/** After the last one the messages are still `accepted` in Postgres, where the sweeper finds them. */
const RENDER_ATTEMPTS = 5

/** Little, for the same reason, and because Redis reads it again for each turn that is put aside. */
export function turnJobOptions(jobId: string, turn: Turn): JobsOptions {
  return {
    jobId,
    // See turns-of-shard.ts for what this carries.
    deduplication: { id: turnDeduplicationId(turn), keepLastIfActive: true },
    // A turn that throws is rescheduled by us. What fails here is Redis at the end of a turn, and that must never
    // be the last word about a bot.
    attempts: 1_000_000_000,
    backoff: { type: 'fixed', delay: 1_000 },
    // Our workers say so themselves, those of the version before do not.
    removeOnComplete: true,
  }
}

/** What makes a second job of a bot the same as its first. */
export function turnDeduplicationId(turn: Turn): string {
  return `bot-${turnKey(turn)}`
}

/** One bot's name in keys and sorted sets. Never a whole number, never with `:` (BullMQ splits keys at it). */
export function turnKey({ shopId, botId }: Turn): string {
  assert(isId(shopId) && isId(botId), 'shopId and botId are decimal strings')
  return `${shopId}-${botId}`
}

export function parseTurnKey(key: string): Turn {
  const [shopId, botId] = key.split('-')
  return parseTurn({ shopId, botId })
}

/** @throws when a job holds something else: not ours, or written by another version. */
export function parseTurn(data: unknown): Turn {
  assert(isRecord(data) && isId(data['shopId']) && isId(data['botId']), 'not a turn')
  return { shopId: data['shopId'], botId: data['botId'] }
}

/** Ids of Postgres: bigint as a decimal string. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
