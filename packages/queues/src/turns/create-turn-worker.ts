import assert from 'node:assert/strict'
import { DEFAULT_PREFIX, TURN_QUEUE, parseTurn } from '../job-catalogue.ts'
import type { Turn } from '../job-catalogue.ts'
import { closeRedis } from '../redis/create-redis.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { createJobWorker } from '../worker/create-job-worker.ts'
import type { JobWorker, JobWorkerSettings } from '../worker/create-job-worker.ts'
import { settlesWithin } from '../worker/settles-within.ts'
import { createWorkerConnection } from '../worker/worker-connection.ts'
import { createAlarmClock } from './alarm-clock.ts'
import { createTurnQueue } from './create-turn-queue.ts'
import { createTurnAlarms } from './turn-alarms.ts'
import { createTurnRetries } from './turn-retries.ts'

export type TurnEnd = {
  /** Another turn is wanted in so many ms; 0 or less: at once, behind the bots that wait. Absent: at the next wake. */
  nextTurnInMs?: number
}

export type TurnFailure = {
  /** Undefined when the job itself was not readable. */
  turn: Turn | undefined
  error: unknown
  /** Failed turns of this bot in a row, in this process, this one included. */
  failures: number
}

export type TurnWorkerDependencies = JobWorkerSettings & {
  /** Any connection to the Redis of the queue; the worker makes two of its own from it. */
  redis: RedisConnection
  prefix?: string
  /** Sends for a bot. Alone, unless a lock was lost: then the signal fires, and the fence in Postgres holds. */
  process: (turn: Turn, signal: AbortSignal) => Promise<TurnEnd>
  /** A turn threw. It is taken again by itself, after 0.5 s at first and 15 s in the end. */
  onFailed: (failure: TurnFailure) => void
  onError: (error: Error) => void
}

/** A turn is never given up because workers died during it: its bot would fall silent. */
const MAX_STALLED_COUNT = 1_000_000_000

export function createTurnWorker(dependencies: TurnWorkerDependencies): JobWorker {
  const { redis, prefix = DEFAULT_PREFIX, process, onFailed, onError, ...settings } = dependencies
  const connection = createWorkerConnection(redis, onError)
  const turns = createTurnQueue({ redis: connection.redis, prefix })
  const alarms = createTurnAlarms({ redis: connection.redis, prefix })
  const retries = createTurnRetries()
  const clock = createAlarmClock({ alarms, wake: turns.wake, onError: connection.report })

  async function takeTurn(turn: Turn, signal: AbortSignal): Promise<void> {
    // Before the turn looks at anything: an alarm set from now on may be for something it does not see any more.
    await alarms.clear(turn)
    const nextTurnInMs = await nextTurnAfter(turn, signal)
    if (nextTurnInMs === undefined) return
    // Before the job ends: dying in between costs a turn too many, the other way round it would cost the turn.
    await turns.wake([turn], { delayMs: nextTurnInMs })
    if (nextTurnInMs > 0) clock.expectIn(nextTurnInMs)
  }

  async function nextTurnAfter(turn: Turn, signal: AbortSignal): Promise<number | undefined> {
    try {
      const { nextTurnInMs } = await process(turn, signal)
      assert(nextTurnInMs === undefined || Number.isFinite(nextTurnInMs), 'nextTurnInMs is a number of ms')
      retries.succeeded(turn)
      return nextTurnInMs
    } catch (error) {
      // Told to stop: not a failure of the turn. The job goes back to the queue, or has gone already.
      if (signal.aborted) throw error
      const { failures, delayMs } = retries.failed(turn)
      onFailed({ turn, error, failures })
      return delayMs
    }
  }

  const worker = createJobWorker({
    ...settings,
    queueName: TURN_QUEUE,
    prefix,
    connection,
    maxStalledCount: MAX_STALLED_COUNT,
    parse: parseTurn,
    process: takeTurn,
    onFailed: ({ data, error, attempt }) => onFailed({ turn: readTurn(data), error, failures: attempt }),
  })

  return {
    run() {
      worker.run()
      clock.start()
    },
    async close() {
      const rung = clock.stop()
      await worker.close()
      // A ringing cut off would come again, but only in ten seconds. Without Redis it would not end at all.
      await settlesWithin(rung, 1_000)
      await turns.close()
      await closeRedis(connection.redis)
    },
  }
}

function readTurn(data: unknown): Turn | undefined {
  try {
    return parseTurn(data)
  } catch {
    return undefined
  }
}
