import type { Database } from '@postino/database'
import { createIngestMetrics } from '@postino/ingest/metrics.ts'
import {
  createStreamIntake,
  type StreamIntakeDependencies,
} from '@postino/ingest/stream/create-stream-intake.ts'
import { closeRedis, createRedis, type RedisConnection } from '@postino/queues'
import { createLogger, createMetrics } from '@postino/runtime'
import { sql } from 'kysely'
import { atEnd } from '../support/at-end.ts'

export interface StreamIntakeUnderTest {
  /** Of the messages whose rendering was asked for, in order. */
  enqueued: string[]
  renderMetrics: () => Promise<string>
  close: () => Promise<void>
}

/** A reader of the streams in this process, as ingest has it, but it is missed sooner; closed at the end of the test or file. */
export function startStreamIntake(
  database: Database,
  redis: RedisConnection,
  more: Partial<StreamIntakeDependencies> = {},
): StreamIntakeUnderTest {
  const enqueued: string[] = []
  const metrics = createMetrics('ingest')
  const intake = createStreamIntake({
    database,
    redis,
    async enqueue(messageIds) {
      enqueued.push(...messageIds)
    },
    metrics: createIngestMetrics(metrics),
    logger: createLogger({ name: 'ingest', level: 'silent' }),
    onError: () => undefined,
    ttlMs: 3_000,
    ...more,
  })
  let closed: Promise<void> | undefined
  const close = () => (closed ??= intake.close())
  atEnd(close)
  return { enqueued, renderMetrics: () => metrics.renderOwn(), close }
}

/** A connection of a shop's. */
export function openRedis(url: string): RedisConnection {
  const redis = createRedis({ url, onError: () => undefined })
  atEnd(() => closeRedis(redis))
  return redis
}

export function streamOf(slug: string): string {
  return `postino:intake:${slug}`
}

/** As a shop puts its events in: an XADD each, many on the way at a time. */
export async function putEvents(
  redis: RedisConnection,
  slug: string,
  events: readonly unknown[],
): Promise<string[]> {
  const ids = await Promise.all(
    events.map((event) =>
      redis.xadd(streamOf(slug), '*', 'event', typeof event === 'string' ? event : JSON.stringify(event)),
    ),
  )
  return ids.map(String)
}

/** The ids of a shop's events, in the order in which they were taken. */
export async function listTaken(database: Database, shopId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select event_id as id from events where shop_id = ${shopId} order by message_ids[1]`.execute(database)
  return rows.map(({ id }) => id)
}
