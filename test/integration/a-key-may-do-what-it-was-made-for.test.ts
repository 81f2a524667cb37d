import { API_KEY_SCOPES, verifyApiKey } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { typeCommand } from './command-line.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { openDatabase } from './ingest-under-test.ts'

const url = await createTestDatabase()
const database = openDatabase(url)
const { ask } = await createConsoleUnderTest(database)
const ENV = { DATABASE_URL: url }
expect((await typeCommand(['shop', 'create', 'bottega', '--name', 'Bottega'], ENV)).code).toBe(0)

const createKey = (...more: string[]) => typeCommand(['key', 'create', '--shop', 'bottega', ...more], ENV)

test('a key that was made for reading the book reads it, and writes nothing', async () => {
  const { code, out } = await createKey('--scopes', 'contacts:read')
  expect(code).toBe(0)
  const headers = { authorization: `Bearer ${out}` }
  expect((await ask({ headers }, { url: '/v1/contacts' })).status).toBe(200)
  const body = { external_id: 'ada' }
  expect((await ask({ headers }, { method: 'POST', url: '/v1/contacts', body })).status).toBe(403)
  expect((await ask({ headers }, { url: '/v1/shop' })).status).toBe(403)
})

test('a key of which nothing was said may do all', async () => {
  const { out } = await createKey()
  expect((await verifyApiKey(database, out))?.scopes).toEqual([...API_KEY_SCOPES])
})

test.each(['contacts', 'contacts:read,', 'contacts:read, events:read', ''])(
  'the scopes %j are refused with the way out',
  async (scopes) => {
    const { code, out, err } = await createKey('--scopes', scopes)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('Choose from events:write,')
  },
)
