import { startPostgres } from '@postino/embedded'
import { sql } from 'kysely'
import { migrateToLatest } from '@postino/database'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { makeFolder } from '../support/make-folder.ts'
import { waitUntil } from '../support/wait-until.ts'
import {
  countRows,
  createIngestUnderTest,
  createShop,
  openDatabase,
  orderEvent,
} from './ingest-under-test.ts'

const REQUESTS = [
  { method: 'POST', url: '/v1/events', payload: orderEvent('a') },
  { method: 'POST', url: '/v1/events', payload: [orderEvent('b'), orderEvent('c')] },
  { method: 'GET', url: '/v1/events/a' },
  { method: 'GET', url: '/v1/messages/1' },
] as const

test('while Postgres is gone every request is told when to come back, and afterwards all is well', async () => {
  const folder = makeFolder()
  const first = await startPostgres({ folder })
  atEnd(() => first.stop())
  const database = openDatabase(await first.createDatabase('postino'))
  await migrateToLatest(database)
  const { headers } = await createShop(database, 'shop')
  const { app, renderMetrics } = await createIngestUnderTest(database)
  expect((await app.inject({ ...REQUESTS[0], headers })).statusCode).toBe(202)
  await first.stop()

  for (const request of REQUESTS) {
    const response = await app.inject({ ...request, headers })
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      503,
      expect.stringContaining('application/problem+json'),
    ])
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0)
    expect(response.payload).not.toMatch(/ECONN|postgres:|127\.0\.0\.1|terminat/i)
  }

  const second = await startPostgres({ folder, port: first.port })
  atEnd(() => second.stop())
  const again = await Promise.all(REQUESTS.slice(0, 2).map((request) => app.inject({ ...request, headers })))
  expect(again.map(({ statusCode }) => statusCode)).toEqual([202, 202])
  expect(await countRows(database)).toEqual({ events: 3, messages: 3 })
  expect(await renderMetrics()).toContain('outcome="duplicate"} 1')
})

test('connections that are cut under a request cost it nothing', async () => {
  const url = await createTestDatabase()
  const [database, admin] = [openDatabase(url), openDatabase(url)]
  const { headers } = await createShop(database, 'shop')
  const { app, enqueued } = await createIngestUnderTest(database)
  const send = (id: string) =>
    app.inject({ method: 'POST', url: '/v1/events', headers, payload: orderEvent(id) })

  const { pending } = await admin.transaction().execute(async (blocker) => {
    await sql`lock table events in access exclusive mode`.execute(blocker)
    const waiting = Promise.all(['a', 'b', 'c'].map(send))
    await waitUntil(() => cutWaiting(admin))
    return { pending: waiting }
  })

  expect((await pending).map(({ statusCode }) => statusCode)).toEqual([202, 202, 202])
  expect(await countRows(database)).toEqual({ events: 3, messages: 3 })
  expect(enqueued).toHaveLength(3)
})

test('while Postgres is too slow the answer is 503 as well, in good time, and what waited is not taken later', async () => {
  const url = await createTestDatabase()
  const [database, admin] = [openDatabase(url), openDatabase(url)]
  const { headers } = await createShop(database, 'shop')
  const { app, renderMetrics } = await createIngestUnderTest(database)
  const send = (id: string) =>
    app.inject({ method: 'POST', url: '/v1/events', headers, payload: orderEvent(id) })

  const responses = await admin.transaction().execute(async (blocker) => {
    await sql`lock table events in access exclusive mode`.execute(blocker)
    const begun = send('begun')
    void begun.then(() => undefined)
    await waitUntil(() => hasWaiting(admin))
    return Promise.all([begun, send('waiting-1'), send('waiting-2')])
  })

  expect(responses.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503])
  expect(await renderMetrics()).toContain('outcome="overloaded"} 3')
  // What Postgres had begun may still happen, and does; the answer said that sending it again is safe.
  await waitUntil(async () => (await countRows(database)).events === 1)
  expect((await send('begun')).statusCode).toBe(202)
  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
})

type Database = ReturnType<typeof openDatabase>

async function hasWaiting(admin: Database): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
    admin,
  )
  return rows.length > 0
}

async function cutWaiting(admin: Database): Promise<boolean> {
  const { rows } = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(admin)
  return rows.length > 0
}
