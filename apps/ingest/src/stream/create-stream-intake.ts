import { randomUUID } from 'node:crypto'
import {
  insertRejectedEvents,
  listStoredIntakeUsers,
  listStreamShops,
  readIntakeUsersMark,
  readStreamShopsMark,
  type Database,
} from '@postino/database'
import {
  createErrorReporter,
  createIntakeLanes,
  createIntakeStreams,
  deleteIntakeUser,
  listIntakeUsers,
  setIntakeUser,
  type IntakeStreams,
  type RedisConnection,
  type StreamState,
} from '@postino/queues'
import { within } from '@postino/http'
import { every } from '@postino/runtime'
import { createAccept, type AcceptDependencies } from '../accept/create-accept.ts'
import { createCommit } from './create-commit.ts'
import { createCommitLine, type CommitLine } from './create-commit-line.ts'
import { createLane } from './create-lane.ts'
import { createKeepUsers } from './keep-users.ts'
import { holdLanes } from './hold-lanes.ts'
import { createStreamShops } from './stream-shops.ts'

export interface StreamIntakeDependencies extends AcceptDependencies {
  /** Any connection to the Redis of the streams. */
  redis: RedisConnection
  onError: (error: Error) => void
  /** How long a process that says nothing keeps its streams. Default 10 s. */
  ttlMs?: number
}

export interface StreamIntake {
  /** Ends what is under way and gives the streams to others; what was not committed is still in them. */
  close(): Promise<void>
}

const MAX_BATCH = 500
/** Two batches under way, and two that are ready. */
const MAX_WAITING = { entries: 1_000, bytes: 16 * 1024 * 1024 }
const SHOPS_EVERY_MS = 700
const LOOK_EVERY_MS = 5_000
const USERS_EVERY_MS = 3_000
const TTL_MS = 10_000
/** Long after whoever read an entry has done it or ended. */
const FORGOTTEN_AFTER_MS = 15_000
/** For what is under way when the process ends; what takes longer is done again by others. */
const CLOSE_LIMIT_MS = 5_000
/** Without Redis the others wait until they miss us. */
const LEAVE_LIMIT_MS = 1_000
/** Of render jobs: nobody waits for an answer here. */
const REDIS_LIMIT_MS = 5_000

/** Reads the streams of all shops, together with other processes, from now until it is closed. */
export function createStreamIntake(dependencies: StreamIntakeDependencies): StreamIntake {
  const { database, redis, metrics, logger, onError, ttlMs = TTL_MS } = dependencies
  const reader = `ingest-${randomUUID()}`
  const streams = createIntakeStreams({ redis, reader, onError })
  const line = openLine(dependencies, streams)
  const shops = createStreamShops({
    readMark: () => readStreamShopsMark(database),
    list: () => listStreamShops(database),
  })
  const slugsOf = (lane: number) => shops.ofLane(lane).map(({ slug }) => slug)
  const reportFailure = createErrorReporter((error) => logger.warn({ err: error }, 'intake.failed'))
  const held = holdLanes({
    leases: createIntakeLanes({ redis: streams.redis, reader, ttlMs }),
    ttlMs,
    readMs: ttlMs / 10,
    openLane(number, mayRead) {
      const lane = createLane({
        streams,
        line,
        mayRead,
        readWaitMs: ttlMs / 10,
        countStreams: () => shops.count(),
        onError: reportFailure,
        nowMs: Date.now,
      })
      lane.setShops(shops.ofLane(number))
      return lane
    },
    drained: (number) => line.drained(slugsOf(number)),
    onError: reportFailure,
  })

  async function findShops(): Promise<void> {
    await shops.refresh()
    for (const [number, lane] of held.all()) lane.setShops(shops.ofLane(number))
  }

  /** How the streams stand that are read here; and what nobody seems to have any more is taken over. */
  async function look(): Promise<void> {
    const states: StreamState[] = []
    for (const [number, lane] of held.all()) {
      const found = await streams.look(slugsOf(number))
      for (const { slug, holders } of found) {
        const others = holders.filter((holder) => holder !== reader || !line.has(slug))
        if (others.length > 0) lane.recover(slug, FORGOTTEN_AFTER_MS)
      }
      states.push(...found)
    }
    metrics.observeStreams(states, Date.now())
  }

  const keepUsers = openUsers(database, streams.redis)
  const rounds = [
    every(SHOPS_EVERY_MS, findShops, { name: 'intake.shops', logger }),
    every(LOOK_EVERY_MS, look, { name: 'intake.look', logger }),
    every(USERS_EVERY_MS, () => keepUsers().catch(reportFailure), { name: 'intake.users', logger }),
  ]
  return {
    async close() {
      await held.stop()
      await within(CLOSE_LIMIT_MS, line.idle()).catch(() => undefined)
      await line.close()
      await within(LEAVE_LIMIT_MS, held.leave()).catch(() => undefined)
      await Promise.all(rounds.map((round) => round.close()))
      await streams.close()
    },
  }
}

function openLine(dependencies: StreamIntakeDependencies, streams: IntakeStreams): CommitLine {
  const { database, metrics, logger } = dependencies
  return createCommitLine({
    commit: createCommit({
      accept: createAccept(dependencies, { redisLimitMs: REDIS_LIMIT_MS }),
      recordRejected: (events) => insertRejectedEvents(database, events),
      streams,
      metrics,
      logger,
    }),
    maxEntriesPerCommit: MAX_BATCH,
    maxWaiting: MAX_WAITING,
  })
}

function openUsers(database: Database, redis: RedisConnection): () => Promise<void> {
  return createKeepUsers({
    readMark: () => readIntakeUsersMark(database),
    listStored: () => listStoredIntakeUsers(database),
    listPresent: () => listIntakeUsers(redis),
    set: (user) => setIntakeUser(redis, user),
    remove: (slug) => deleteIntakeUser(redis, slug),
  })
}
