import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, MAX_EVENT_BYTES } from './event/limits.ts'
import type { RedisClient } from './transport/redis-connection.ts'

/** A try that came to nothing, and will be repeated. */
export interface Retry {
  /** Tries that failed in a row, this one included. */
  attempt: number
  delayMs: number
  /** How many events wait for it. */
  events: number
  /** Without keys, passwords and content: fit for a log. */
  reason: string
  /** Of the HTTP answer, if there was one. */
  status: number | undefined
}

interface CommonSettings {
  /** How long the first event of a batch waits for others, in milliseconds. Default: 2. */
  lingerMs?: number | undefined
  /** Default and most: 500. */
  maxBatchEvents?: number | undefined
  /** Of the body. Default and most: 4 MiB. */
  maxBatchBytes?: number | undefined
  /** Batches under way at the same time. Default: 1, which keeps events in the order of `send`; more do not. */
  concurrency?: number | undefined
  /** No try begins so long after an event's first one failed. Default: 60,000. */
  retryForMs?: number | undefined
  /** A try without an answer by then has failed. Default: 15,000. */
  attemptTimeoutMs?: number | undefined
  /** So many events waiting or under way make the client full. Default: 10,000. */
  maxPending?: number | undefined
  /** So much JSON of them, too, in bytes. Default: 64 MiB. */
  maxPendingBytes?: number | undefined
  /** When it is full `sendBatch` and `ready` wait for room (default), or `send` rejects with `OverloadedError`. */
  onFull?: 'wait' | 'reject' | undefined
  /** How long `close()` and `await using` wait for what is pending, in milliseconds. Default: 30,000. */
  closeWithinMs?: number | undefined
  /** Told before each repeated try. */
  onRetry?: ((retry: Retry) => void) | undefined
}

export interface HttpSettings extends CommonSettings {
  /** Of Postino: `https://postino.example`. */
  url: string
  /** Of the shop: `pst_live_…`, with the scope `events:write`. Secret: not for browsers. */
  apiKey: string
}

export interface RedisSettings extends CommonSettings {
  /** `redis://user:password@host:port`, `rediss://…`, or a client of ioredis (also a `Cluster`), which stays yours to close. */
  redis: string | RedisClient
  /** The shop's short name. */
  shop: string
}

export type PostinoSettings = HttpSettings | RedisSettings

export type Settings = { [Name in keyof CommonSettings]-?: Exclude<CommonSettings[Name], undefined> }

const DEFAULTS: Settings = {
  lingerMs: 2,
  maxBatchEvents: MAX_BATCH_EVENTS,
  maxBatchBytes: MAX_BATCH_BYTES,
  concurrency: 1,
  retryForMs: 60_000,
  attemptTimeoutMs: 15_000,
  maxPending: 10_000,
  maxPendingBytes: 64 * 1024 * 1024,
  onFull: 'wait',
  closeWithinMs: 30_000,
  onRetry: () => undefined,
}

/** Smallest and largest that make sense; a timer of Node cannot be longer. */
const BOUNDS = {
  lingerMs: [0, 60_000],
  maxBatchEvents: [1, MAX_BATCH_EVENTS],
  // Room for the largest event and the brackets of a list.
  maxBatchBytes: [MAX_EVENT_BYTES + 2, MAX_BATCH_BYTES],
  concurrency: [1, 64],
  retryForMs: [0, 2 ** 31 - 1],
  attemptTimeoutMs: [1, 2 ** 31 - 1],
  maxPending: [1, Number.MAX_SAFE_INTEGER],
  maxPendingBytes: [1, Number.MAX_SAFE_INTEGER],
  closeWithinMs: [0, 2 ** 31 - 1],
} as const

/** @throws RangeError for a number that makes no sense */
export function readSettings(given: CommonSettings): Settings {
  const named = Object.entries(given).filter(([name, value]) => value !== undefined && name in DEFAULTS)
  const settings: Settings = { ...DEFAULTS, ...Object.fromEntries(named) }
  for (const [name, [min, max]] of Object.entries(BOUNDS)) {
    const value: unknown = Reflect.get(settings, name)
    const isInside = typeof value === 'number' && value >= min && value <= max
    if (!isInside) throw new RangeError(`${name} must be a number from ${min} to ${max}`)
  }
  return settings
}
