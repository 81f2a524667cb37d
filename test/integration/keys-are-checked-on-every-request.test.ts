import { revokeApiKey } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import {
  countRows,
  createIngestUnderTest,
  createKey,
  createShop,
  openDatabase,
  orderEvent,
} from './ingest-under-test.ts'

async function createScene() {
  const database = openDatabase(await createTestDatabase())
  const shop = await createShop(database, 'shop')
  const { app, renderMetrics } = await createIngestUnderTest(database)
  const send = (key: string, id: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { authorization: `Bearer ${key}` },
      payload: orderEvent(id),
    })
  return { database, shop, app, send, renderMetrics }
}

test('a key that is wrong by a letter, or unknown, is refused', async () => {
  const { database, shop, send, renderMetrics } = await createScene()
  const { key } = shop
  const other = key.at(-10) === 'a' ? 'b' : 'a'
  const wrong = [
    key.slice(0, -1),
    `${key}0`,
    key.slice(0, -10) + other + key.slice(-9),
    key.replace('pst_live_', 'pst_test_'),
    key.toLowerCase(),
    'pst_live_',
    'null',
    'x'.repeat(5_000),
  ]
  for (const text of wrong) expect((await send(text, 'a')).statusCode).toBe(401)
  expect(await countRows(database)).toEqual({ events: 0, messages: 0 })
  expect(await renderMetrics()).toContain(`outcome="unauthorized"} ${wrong.length}`)
})

test('a right id with another secret is refused', async () => {
  const { database, shop, send } = await createScene()
  const other = await createKey(database, shop.shopId, ['events:write'])
  await database
    .updateTable('api_keys')
    .set({ secret_hash: Buffer.alloc(32) })
    .where('id', '=', other.keyId)
    .execute()
  expect((await send(other.key, 'a')).statusCode).toBe(401)
})

test('a revoked key ends at once, and the shop’s other keys go on', async () => {
  const { database, shop, send } = await createScene()
  const other = await createKey(database, shop.shopId, ['events:write'])
  expect((await send(shop.key, 'a')).statusCode).toBe(202)
  await revokeApiKey(database, shop.shopId, shop.keyId)
  expect((await send(shop.key, 'b')).statusCode).toBe(401)
  expect((await send(other.key, 'c')).statusCode).toBe(202)
})

test('an expired key is refused', async () => {
  const { database, shop, send } = await createScene()
  const expiresAt = (time: Date) =>
    database.updateTable('api_keys').set({ expires_at: time }).where('id', '=', shop.keyId).execute()
  await expiresAt(new Date(Date.now() + 60_000))
  expect((await send(shop.key, 'a')).statusCode).toBe(202)
  await expiresAt(new Date(Date.now() - 1_000))
  expect((await send(shop.key, 'b')).statusCode).toBe(401)
})

test('a key without the scope is forbidden', async () => {
  const { database, shop, app, send } = await createScene()
  const reader = await createKey(database, shop.shopId, ['events:read'])
  const writer = await createKey(database, shop.shopId, ['events:write'])
  expect((await send(reader.key, 'a')).statusCode).toBe(403)
  expect((await send(writer.key, 'a')).statusCode).toBe(202)
  const read = (headers: { authorization: string }) => app.inject({ url: '/v1/events/a', headers })
  expect((await read(writer.headers)).statusCode).toBe(403)
  expect((await read(reader.headers)).statusCode).toBe(200)
})

test('an event is recorded with its shop, whatever the body says, and with the key that brought it', async () => {
  const { database, shop, app } = await createScene()
  const neighbour = await createShop(database, 'neighbour')
  const payload = {
    ...orderEvent('a'),
    shop: neighbour.shopId,
    shopid: neighbour.shopId,
    tenant: 'neighbour',
  }
  const response = await app.inject({ method: 'POST', url: '/v1/events', headers: shop.headers, payload })
  expect(response.statusCode).toBe(202)
  const rows = await database.selectFrom('events').select(['shop_id', 'api_key_id']).execute()
  expect(rows).toEqual([{ shop_id: shop.shopId, api_key_id: shop.keyId }])
})
