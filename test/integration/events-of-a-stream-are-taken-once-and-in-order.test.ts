import { switchStreamIntake } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { waitUntil } from '../support/wait-until.ts'
import { countRows, createShop, openDatabase, orderEvent } from './ingest-under-test.ts'
import { listTaken, openRedis, putEvents, startStreamIntake, streamOf } from './stream-under-test.ts'

const database = openDatabase(await createTestDatabase())
const redis = openRedis(await createTestRedis())

const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

async function shopWithStream(slug: string): Promise<string> {
  const { shopId } = await createShop(database, slug)
  await switchStreamIntake(database, shopId, true)
  return shopId
}

test('two readers share the streams of many shops, and each shop’s events stay in order', async () => {
  const slugs = names(20, 'shop')
  const shops = await Promise.all(slugs.map(shopWithStream))
  // Before anybody reads: the group begins at the beginning.
  for (const slug of slugs)
    await putEvents(
      redis,
      slug,
      names(30, 'early').map((id) => orderEvent(id)),
    )
  const readers = [startStreamIntake(database, redis), startStreamIntake(database, redis)]
  for (const slug of slugs)
    await putEvents(
      redis,
      slug,
      names(100, 'late').map((id) => orderEvent(id)),
    )

  await waitUntil(async () => (await countRows(database)).events === 20 * 130)
  const wanted = [...names(30, 'early'), ...names(100, 'late')]
  for (const shopId of shops) expect(await listTaken(database, shopId)).toEqual(wanted)
  for (const slug of slugs) await waitUntil(async () => (await redis.xlen(streamOf(slug))) === 0)
  expect(readers.flatMap(({ enqueued }) => enqueued)).toHaveLength(20 * 130)
})
