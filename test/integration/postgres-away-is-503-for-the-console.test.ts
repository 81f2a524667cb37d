import { migrateToLatest } from '@postino/database'
import { startPostgres } from '@postino/embedded'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { makeFolder } from '../support/make-folder.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const REQUESTS = [
  { url: '/v1/contacts' },
  { method: 'POST', url: '/v1/contacts', body: { external_id: 'a' } },
  { method: 'POST', url: '/v1/registrations/1/revoke', body: { reason: 'x' } },
  { url: '/v1/shop' },
] as const

test('while Postgres is gone every request is told when to come back, and afterwards all is well', async () => {
  const folder = makeFolder()
  const first = await startPostgres({ folder })
  atEnd(() => first.stop())
  const database = openDatabase(await first.createDatabase('postino'))
  await migrateToLatest(database)
  const shop = await createShop(database, 'shop')
  const { ask } = await createConsoleUnderTest(database)
  expect((await ask(shop, { url: '/v1/contacts' })).status).toBe(200)
  await first.stop()

  for (const request of REQUESTS) {
    const { status, body, headers } = await ask(shop, request)
    expect([status, Number(headers['retry-after']) > 0]).toEqual([503, true])
    expect(JSON.stringify(body)).not.toMatch(/ECONN|postgres:|127\.0\.0\.1|terminat/i)
  }

  const second = await startPostgres({ folder, port: first.port })
  atEnd(() => second.stop())
  const again = await Promise.all(REQUESTS.map((request) => ask(shop, request)))
  expect(again.map(({ status }) => status)).toEqual([200, 201, 404, 200])
})

test('a connection that is cut under a request costs it nothing', async () => {
  const url = await createTestDatabase()
  const [database, admin] = [openDatabase(url), openDatabase(url)]
  const shop = await createShop(database, 'shop')
  const { ask } = await createConsoleUnderTest(database)

  const { pending } = await admin.transaction().execute(async (blocker) => {
    await sql`lock table contacts in access exclusive mode`.execute(blocker)
    const waiting = ask(shop, { method: 'POST', url: '/v1/contacts', body: { external_id: 'a' } })
    await waitUntil(async () => {
      const { rows } = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(admin)
      return rows.length > 0
    })
    return { pending: waiting }
  })
  expect(await pending).toMatchObject({ status: 201 })
})
