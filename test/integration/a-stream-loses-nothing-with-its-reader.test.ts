import { createDatabase, migrateToLatest, switchStreamIntake } from '@postino/database'
import { startPostgres } from '@postino/embedded'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { makeFolder } from '../support/make-folder.ts'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createShop, openDatabase, orderEvent } from './ingest-under-test.ts'
import { listTaken, openRedis, putEvents, startStreamIntake, streamOf } from './stream-under-test.ts'

const MAIN = new URL('../../apps/ingest/src/main.ts', import.meta.url)

async function createScene(given?: string) {
  const databaseUrl = given ?? (await createTestDatabase())
  const redisUrl = await createTestRedis()
  const database = openDatabase(databaseUrl)
  await migrateToLatest(database)
  const redis = openRedis(redisUrl)
  const { shopId } = await createShop(database, 'shop')
  await switchStreamIntake(database, shopId, true)
  return { databaseUrl, redisUrl, database, redis, shopId }
}

const events = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => orderEvent(`evt-${from + index}`))
const ids = (to: number) => events(0, to).map(({ id }) => id)

async function countPending(redis: ReturnType<typeof openRedis>): Promise<number> {
  return Number(Object(await redis.xpending(streamOf('shop'), 'postino'))[0])
}

test('a reader that is killed between the commit and its acknowledgement has its events taken once, and those behind them follow in order', async () => {
  const { databaseUrl, redisUrl, database, redis, shopId } = await createScene()
  await putEvents(redis, 'shop', events(0, 300))
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, PORT: '0', HEALTH_PORT: '0' }
  const blocker = createDatabase({ url: databaseUrl, poolMax: 1, applicationName: 'blocker' })
  atEnd(() => blocker.close())
  const first = await blocker.transaction().execute(async (transaction) => {
    await sql`lock table event_keys in exclusive mode`.execute(transaction)
    const killed = startNode(MAIN, { env })
    await waitUntil(async () => (await countPending(redis)) > 0, { timeoutMs: 20_000 })
    // It commits as soon as it may, and then Redis lets nobody write.
    await redis.call('CLIENT', 'PAUSE', '60000', 'WRITE')
    return killed
  })
  await waitUntil(async () => (await listTaken(database, shopId)).length > 0)
  first.kill('SIGKILL')
  await first.ended
  await redis.call('CLIENT', 'UNPAUSE')
  expect(await countPending(redis)).toBe(300)
  await putEvents(redis, 'shop', events(300, 320))

  // It is missed after ten seconds.
  startStreamIntake(database, redis)
  await waitUntil(async () => (await redis.xlen(streamOf('shop'))) === 0, { timeoutMs: 20_000 })
  expect(await listTaken(database, shopId)).toEqual(ids(320))
  // Nothing is left of the dead reader.
  await waitUntil(
    async () => Object(await redis.xinfo('CONSUMERS', streamOf('shop'), 'postino')).length === 1,
  )
}, 60_000)

test('while Postgres is away the stream waits, little is held here, and afterwards everything comes in order', async () => {
  const folder = makeFolder()
  const first = await startPostgres({ folder })
  atEnd(() => first.stop())
  const { database, redis, shopId } = await createScene(await first.createDatabase('postino'))
  const { renderMetrics } = startStreamIntake(database, redis)
  await putEvents(redis, 'shop', events(0, 1))
  await waitUntil(async () => (await redis.xlen(streamOf('shop'))) === 0)
  await first.stop()

  await putEvents(redis, 'shop', events(1, 3_000))
  await waitUntil(async () => (await countPending(redis)) >= 500)
  await waitUntil(async () => /unread_entries \d{3,}/.test(await renderMetrics()))
  expect(await redis.xlen(streamOf('shop'))).toBe(2_999)
  expect(await countPending(redis)).toBeLessThan(2_000)

  const second = await startPostgres({ folder, port: first.port })
  atEnd(() => second.stop())
  await waitUntil(async () => (await redis.xlen(streamOf('shop'))) === 0)
  expect(await listTaken(database, shopId)).toEqual(ids(3_000))
}, 60_000)

test('a Redis that is emptied gets its streams and groups again, and a shop that is new is read soon', async () => {
  const { database, redis, shopId } = await createScene()
  startStreamIntake(database, redis)
  await putEvents(redis, 'shop', events(0, 10))
  await waitUntil(async () => (await listTaken(database, shopId)).length === 10)
  await redis.flushall()
  await putEvents(redis, 'shop', events(10, 20))
  await waitUntil(async () => (await listTaken(database, shopId)).length === 20)
  expect(await listTaken(database, shopId)).toEqual(ids(20))

  const { shopId: otherId } = await createShop(database, 'new-shop')
  await putEvents(redis, 'new-shop', events(0, 5))
  await switchStreamIntake(database, otherId, true)
  await waitUntil(async () => (await listTaken(database, otherId)).length === 5, { timeoutMs: 3_000 })
})
