import type { JobsOptions } from 'bullmq'
import assert from 'node:assert/strict'

/**
 * Every job Postino knows. Jobs carry ids, never content: a job may be lost with Redis and rebuilt from Postgres, it
 * may run twice, and whoever reads Redis learns nothing about anybody.
 */

/** Renders up to 50 messages. */
export type RenderJob = { messageIds: string[] }

/** Gives a bot its turn: for about a second one sender alone sends for it. */
export type Turn = { shopId: string; botId: string }

export const RENDER_QUEUE = 'render'
export const TURN_QUEUE = 'turns'

export const MAX_MESSAGES_PER_RENDER_JOB = 50

/**
 * BullMQ's key prefix and ours. The braces are a Redis Cluster hash tag: the scripts touch several keys at a time,
 * which must live on one node. (ioredis's own `keyPrefix` is not an option: BullMQ builds keys inside its scripts.)
 */
export const DEFAULT_PREFIX = '{postino}'

/** Nobody reads the event streams; BullMQ writes them all the same, and keeps 10,000 entries a queue by default. */
export const EVENTS_KEPT = 100

/** Throws unless the prefix is a hash tag, as in `{postino}`. */
export function checkPrefix(prefix: string): string {
  assert(/^\{[\w-]+\}$/.test(prefix), 'the key prefix must be a hash tag: letters, digits, - or _ in braces')
  return prefix
}

export function renderJobOptions(jobId: string): JobsOptions {
  return {
    jobId,
    // 0.5, 1, 2, 4 s, each halved by chance at most: a Postgres that was away is not met by everybody at once. After
    // the last one the messages are still `accepted` in Postgres, where the sweeper finds them.
    attempts: 5,
    backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: { count: 1_000, age: 7 * 86_400 },
    stackTraceLimit: 0,
    sizeLimit: 2_000,
  }
}

export function turnJobOptions(jobId: string, turn: Turn): JobsOptions {
  return {
    jobId,
    // See create-turn-queue.ts for what this carries.
    deduplication: { id: turnDeduplicationId(turn), keepLastIfActive: true },
    // A turn that throws is rescheduled by us. What fails here is Redis at the end of a turn, and that must never
    // be the last word about a bot.
    attempts: 1_000_000_000,
    backoff: { type: 'fixed', delay: 1_000, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: { count: 100, age: 7 * 86_400 },
    stackTraceLimit: 0,
    sizeLimit: 200,
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

/** @throws when a job holds something else: not ours, or written by another version. */
export function parseRenderJob(data: unknown): RenderJob {
  assert(isRecord(data) && Array.isArray(data['messageIds']), 'not a render job')
  const messageIds: unknown[] = data['messageIds']
  assert(
    messageIds.length <= MAX_MESSAGES_PER_RENDER_JOB && messageIds.every(isId),
    'not a list of message ids',
  )
  return { messageIds }
}

/** Ids of Postgres: bigint as a decimal string. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
