import assert from 'node:assert/strict'
import { TURN_QUEUE, parseTurn } from '../job-catalogue.ts'
import type { TakenTurn, Turn } from '../job-catalogue.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import type { Shard } from '../shards.ts'
import { createJobWorker } from '../worker/create-job-worker.ts'
import type { JobWorker, JobWorkerSettings } from '../worker/create-job-worker.ts'
import { settlesWithin } from '../worker/settles-within.ts'
import {
  createShardWorkers,
  type ServedShards,
  type ShardWorkerSettings,
} from '../worker/create-shard-workers.ts'
import { createAlarmClock } from './alarm-clock.ts'
import { createTurnAlarms } from './turn-alarms.ts'
import { createTurnRetries } from './turn-retries.ts'
import { createShardTurns } from './turns-of-shard.ts'

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

export type TurnWorkerDependencies = JobWorkerSettings &
  ServedShards & {
    /** Any connection to the Redis of the queue; the worker makes its own from it. */
    redis: RedisConnection
    /** Sends for a bot. Alone, unless a lock was lost: then the signal fires, and the fence in Postgres holds. */
    process: (turn: TakenTurn, signal: AbortSignal) => Promise<TurnEnd>
    /** A turn threw. It is taken again by itself, after 0.5 s at first and 15 s in the end. */
    onFailed: (failure: TurnFailure) => void
    onError: (error: Error) => void
  }

/** A turn is never given up because workers died during it: its bot would fall silent. */
const MAX_STALLED_COUNT = 1_000_000_000
/** When Redis failed at the end of a turn. */
const RETRY_MS = 1_000

export function createTurnWorker(dependencies: TurnWorkerDependencies): JobWorker {
  const { process, onFailed } = dependencies
  return createShardWorkers(dependencies, (shard, settings) =>
    createShardTurnWorker(shard, { ...settings, process, onFailed }),
  )
}

type ShardDependencies = ShardWorkerSettings & Pick<TurnWorkerDependencies, 'process' | 'onFailed'>

function createShardTurnWorker(shard: Shard, dependencies: ShardDependencies): JobWorker {
  const { connection, process, onFailed } = dependencies
  const turns = createShardTurns({ redis: connection.redis, prefix: shard.prefix })
  const alarms = createTurnAlarms({ redis: connection.redis, prefix: shard.prefix })
  const retries = createTurnRetries()
  const clock = createAlarmClock({ alarms, wake: turns.wake, onError: connection.report })

  async function takeTurn(turn: TakenTurn, signal: AbortSignal): Promise<void> {
    // Before the turn looks at anything: an alarm set from now on may be for something it does not see any more.
    await alarms.clear(turn)
    const nextTurnInMs = await nextTurnAfter(turn, signal)
    if (nextTurnInMs === undefined) return
    // Before the job ends: dying in between costs a turn too many, the other way round it would cost the turn.
    await turns.wake([turn], { delayMs: nextTurnInMs })
    if (nextTurnInMs > 0) clock.expectIn(nextTurnInMs)
  }

  async function nextTurnAfter(turn: TakenTurn, signal: AbortSignal): Promise<number | undefined> {
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
    ...dependencies,
    queueName: TURN_QUEUE,
    prefix: shard.prefix,
    maxStalledCount: MAX_STALLED_COUNT,
    failedJobsKept: 100,
    retryDelayMs: () => RETRY_MS,
    parse: (data) => ({ ...parseTurn(data), shard: shard.index }),
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
