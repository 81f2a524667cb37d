import { API_KEY_SCOPES, generateApiKey, insertApiKey, revokeApiKey, verifyApiKey } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createBot, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()

async function createKey() {
  const { shopId } = await createBot(db)
  const key = generateApiKey('live')
  await insertApiKey(db, shopId, { ...key, name: 'till', environment: 'live', scopes: API_KEY_SCOPES })
  return { shopId, ...key }
}

test('a key is known by its text, with its shop and scopes', async () => {
  const { shopId, id, text } = await createKey()
  expect(await verifyApiKey(db, text)).toEqual({ id, shopId, scopes: [...API_KEY_SCOPES] })
})

test('another secret behind a known id, with a right checksum, is refused', async () => {
  const { id } = await createKey()
  const other = generateApiKey('live')
  await sql`update api_keys set id = ${other.id} where id = ${id}`.execute(db)
  expect(await verifyApiKey(db, other.text)).toBeUndefined()
})

test('a key nobody keeps, and text that is none, are refused', async () => {
  const { text } = await createKey()
  expect(await verifyApiKey(db, generateApiKey('live').text)).toBeUndefined()
  for (const wrong of ['', 'pst_live_', `${text} `, `${text}\n`, text.toLowerCase(), text.slice(0, -1)]) {
    expect(await verifyApiKey(db, wrong)).toBeUndefined()
  }
})

test('a key ends when it expires and not before', async () => {
  const { id, text } = await createKey()
  await sql`update api_keys set expires_at = now() + interval '1 hour' where id = ${id}`.execute(db)
  expect(await verifyApiKey(db, text)).toBeDefined()
  await sql`update api_keys set expires_at = now() where id = ${id}`.execute(db)
  expect(await verifyApiKey(db, text)).toBeUndefined()
})

test('a revoked key ends at once; only its own shop can revoke it, once', async () => {
  const { shopId, id, text } = await createKey()
  const elsewhere = await createKey()
  expect(await revokeApiKey(db, elsewhere.shopId, id)).toBe(false)
  expect(await verifyApiKey(db, text)).toBeDefined()
  expect(await revokeApiKey(db, shopId, id)).toBe(true)
  expect(await verifyApiKey(db, text)).toBeUndefined()
  expect(await revokeApiKey(db, shopId, id)).toBe(false)
  expect(await verifyApiKey(db, elsewhere.text)).toBeDefined()
})

test('the secret itself is not kept', async () => {
  const { id, text } = await createKey()
  const { rows } = await sql<{
    row: string
  }>`select api_keys::text as row from api_keys where id = ${id}`.execute(db)
  expect(rows[0]?.row).not.toContain(text.slice(text.indexOf(id) + id.length))
})
