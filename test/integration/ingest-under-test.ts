import {
  API_KEY_SCOPES,
  createDatabase,
  generateApiKey,
  insertApiKey,
  insertShop,
  type ApiKeyScope,
  type Database,
} from '@postino/database'
import { EXAMPLES } from '@postino/domain'
import { sql } from 'kysely'
import { createLogger, createMetrics } from '@postino/runtime'
import { createIngest, type IngestDependencies } from '@postino/ingest/create-ingest.ts'
import { createIngestMetrics } from '@postino/ingest/metrics.ts'
import { atEnd } from '../support/at-end.ts'

export interface IngestUnderTest {
  app: Awaited<ReturnType<typeof createIngest>>
  /** Of the messages whose rendering was asked for, in order. */
  enqueued: string[]
  /** What Prometheus would read. */
  renderMetrics: () => Promise<string>
}

/** Ingest on a real database, not listening; everything is closed when the test or file has ended. */
export async function createIngestUnderTest(
  database: Database,
  more: Partial<IngestDependencies> = {},
): Promise<IngestUnderTest> {
  const enqueued: string[] = []
  const metrics = createMetrics('ingest')
  const app = await createIngest({
    database,
    async enqueue(messageIds) {
      enqueued.push(...messageIds)
    },
    config: { maxWaitingEvents: 5_000, maxBodyMebibytes: 64 },
    metrics: createIngestMetrics(metrics),
    logger: createLogger({ name: 'ingest', level: 'silent' }),
    ...more,
  })
  atEnd(() => app.close())
  return { app, enqueued, renderMetrics: () => metrics.renderOwn() }
}

export function openDatabase(url: string): Database {
  const database = createDatabase({ url, poolMax: 5, applicationName: 'ingest-under-test' })
  atEnd(() => database.close())
  return database
}

/** A shop with a live key for these scopes. */
export async function createShop(
  database: Database,
  slug: string,
  scopes: readonly ApiKeyScope[] = API_KEY_SCOPES,
): Promise<{ shopId: string; keyId: string; key: string; headers: { authorization: string } }> {
  const shop = await insertShop(database, { slug, name: slug, locale: 'it', timeZone: 'Europe/Rome' })
  if (shop === undefined) throw new Error(`there is a shop ${slug} already`)
  const { id: shopId } = shop
  const { keyId, key, headers } = await createKey(database, shopId, scopes)
  return { shopId, keyId, key, headers }
}

export async function createKey(database: Database, shopId: string, scopes: readonly ApiKeyScope[]) {
  const key = generateApiKey('live')
  await insertApiKey(database, shopId, { ...key, name: 'test', environment: 'live', scopes })
  return { keyId: key.id, key: key.text, headers: { authorization: `Bearer ${key.text}` } }
}

/** A valid event of an order. */
export function orderEvent(id: string, more: Record<string, unknown> = {}) {
  const example = EXAMPLES['order.status_changed']
  return { ...example, id, ...more }
}

/** The same, but saying something else. */
export function otherOrderEvent(id: string, note: string) {
  const event = orderEvent(id)
  return { ...event, data: { ...event.data, note } }
}

export async function countRows(database: Database): Promise<{ events: number; messages: number }> {
  const { rows } = await sql<{ events: number; messages: number }>`
    select (select count(*)::int from events) as events, (select count(*)::int from messages) as messages`.execute(
    database,
  )
  return rows[0]!
}
