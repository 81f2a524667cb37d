import { deleteIntakePasswords, insertIntakePassword, switchStreamIntake } from '@postino/database'
import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createShop, openDatabase, orderEvent } from './ingest-under-test.ts'
import { createTestRedisCluster } from './redis-cluster.ts'
import { listTaken, openRedis, putEvents, startStreamIntake, streamOf } from './stream-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { url, nodes } = await createTestRedisCluster()
/** The last one is spare: it has no slots, and nobody is led to it. */
const primaries = nodes.slice(0, 3)
const redis = openRedis(url)

test('streams in any slot of a cluster are read once and in order, bad entries are told, and every node knows the users', async () => {
  const slugs = Array.from({ length: 12 }, (_, index) => `shop-${index}`)
  const shops = await Promise.all(
    slugs.map(async (slug) => {
      const { shopId } = await createShop(database, slug)
      await switchStreamIntake(database, shopId, true)
      return shopId
    }),
  )
  startStreamIntake(database, redis)
  const ids = Array.from({ length: 50 }, (_, index) => `evt-${index}`)
  for (const slug of slugs) await putEvents(redis, slug, [...ids.map((id) => orderEvent(id)), 'bad'])

  for (const [index, shopId] of shops.entries()) {
    const slug = slugs[index] ?? ''
    await waitUntil(async () => (await redis.xlen(streamOf(slug))) === 0, { timeoutMs: 20_000 })
    expect(await listTaken(database, shopId)).toEqual(ids)
    expect(await redis.xlen(`postino:rejected:${slug}`)).toBe(1)
  }

  const passwordHash = createHash('sha256').update('secret').digest('hex')
  const [shopId = ''] = shops
  await insertIntakePassword(database, shopId, { passwordHash, overlapSeconds: 0 })
  const users = () =>
    Promise.all(primaries.map(async ({ client }) => Object(await client.acl('USERS')).length))
  await waitUntil(async () => (await users()).every((count) => count === 2))
  for (const { client } of primaries) {
    const { port = 0 } = client.options
    const shop = new Redis({
      port,
      username: 'postino-shop-shop-0',
      password: 'secret',
      enableReadyCheck: false,
    })
    atEnd(() => shop.disconnect())
    expect(await shop.cluster('SLOTS')).toHaveLength(3)
    await expect(shop.get('x')).rejects.toThrow('NOPERM')
  }
  await deleteIntakePasswords(database, shopId)
  await waitUntil(async () => (await users()).every((count) => count === 1))
}, 60_000)
