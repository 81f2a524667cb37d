import { EVENT_KINDS, EXAMPLES } from '@postino/domain'
import { listForgottenMessages } from '@postino/database'
import { closeRedis, createRedis, createRenderQueue } from '@postino/queues'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startRedis } from '@postino/embedded'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { waitUntil } from '../support/wait-until.ts'
import {
  countRows,
  createIngestUnderTest,
  createShop,
  openDatabase,
  orderEvent,
} from './ingest-under-test.ts'

test.each(EVENT_KINDS)(
  'an accepted %s is there with its messages, and they are on their way',
  async (kind) => {
    const database = openDatabase(await createTestDatabase())
    const { headers, shopId } = await createShop(database, 'shop')
    const { app, enqueued } = await createIngestUnderTest(database)

    const response = await app.inject({ method: 'POST', url: '/v1/events', headers, payload: EXAMPLES[kind] })

    expect(response.statusCode).toBe(202)
    const { messages, ...answer } = response.json()
    expect(answer).toEqual({ id: EXAMPLES[kind].id, source: EXAMPLES[kind].source, status: 'accepted' })
    expect(messages.length).toBeGreaterThan(0)
    const rows = await database
      .selectFrom('messages')
      .select(['shop_id', 'id', 'recipient', 'role', 'kind', 'status'])
      .orderBy('id')
      .execute()
    expect(rows).toEqual(
      messages.map((message: object) => ({ shop_id: shopId, kind, status: 'accepted', ...message })),
    )
    expect(enqueued).toEqual(messages.map(({ id }: { id: string }) => id))
  },
)

test('no answer comes before the commit', async () => {
  const database = openDatabase(await createTestDatabase())
  const { headers } = await createShop(database, 'shop')
  const { app, enqueued } = await createIngestUnderTest(database)
  let isAnswered = false

  const answer = await database.transaction().execute(async (blocker) => {
    await sql`lock table events in access exclusive mode`.execute(blocker)
    const pending = app.inject({ method: 'POST', url: '/v1/events', headers, payload: orderEvent('a') })
    void pending.then(() => (isAnswered = true))
    await waitUntil(() => isWaitingForLock(database))
    expect({ isAnswered, enqueued }).toEqual({ isAnswered: false, enqueued: [] })
    return { pending }
  })

  expect((await answer.pending).statusCode).toBe(202)
  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
})

test('render jobs are in Redis when the answer comes', async () => {
  const database = openDatabase(await createTestDatabase())
  const redis = createRedis({ url: await createTestRedis(), onError: () => undefined })
  atEnd(() => closeRedis(redis))
  const queue = createRenderQueue({ redis })
  atEnd(() => queue.close())
  const { headers } = await createShop(database, 'shop')
  const { app } = await createIngestUnderTest(database, { enqueue: queue.add })

  const response = await app.inject({ method: 'POST', url: '/v1/events', headers, payload: orderEvent('a') })

  const [message] = response.json().messages
  const keys = await redis.keys('*:render:*')
  const jobs = await Promise.all(keys.map((key) => redis.hget(key, 'data').catch(() => null)))
  expect(jobs).toContain(JSON.stringify(`${Number(message.id).toString(36)}.`))
})

test('without Redis events are accepted all the same, counted, and found by the sweeper', async () => {
  const database = openDatabase(await createTestDatabase())
  const server = await startRedis()
  atEnd(() => server.stop())
  const redis = createRedis({ url: server.url, onError: () => undefined })
  atEnd(() => closeRedis(redis))
  const queue = createRenderQueue({ redis })
  atEnd(() => queue.close())
  const { headers } = await createShop(database, 'shop')
  const { app, renderMetrics } = await createIngestUnderTest(database, { enqueue: queue.add })
  await redis.ping()
  await server.stop()

  const responses = []
  for (const id of ['a', 'b', 'c']) {
    responses.push(await app.inject({ method: 'POST', url: '/v1/events', headers, payload: orderEvent(id) }))
  }

  expect(responses.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202])
  const ids = responses.map((response) => response.json().messages[0].id)
  await waitUntil(
    async () => (await listForgottenMessages(database, { olderThanMs: 0, limit: 10 })).length === 3,
  )
  expect(ids).toHaveLength(3)
  expect(await renderMetrics()).toContain('postino_ingest_messages_left_to_sweeper_total 3')
})

async function isWaitingForLock(database: ReturnType<typeof openDatabase>): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    database,
  )
  return rows.length > 0
}
