import { upsertContact } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)

type Shop = Awaited<ReturnType<typeof createShop>>

async function addContacts(shop: Shop, count: number, name = 'c'): Promise<void> {
  for (let number = 1; number <= count; number++) {
    await upsertContact(database, shop.shopId, { externalId: `${name}-${number}` })
  }
}

async function readPage(shop: Shop, query: string) {
  const { status, body } = await ask(shop, { url: `/v1/contacts${query}` })
  expect(status).toBe(200)
  const { items, next_cursor: next } = Object(body)
  return { ids: items.map((item: { external_id: string }) => item.external_id), next: next && String(next) }
}

test('page by page every contact is shown once, whatever comes and goes meanwhile', async () => {
  const shop = await createShop(database, 'busy')
  await addContacts(shop, 23)
  const seen: string[] = []
  let cursor = ''
  for (let pages = 0; pages < 10; pages++) {
    const { ids, next } = await readPage(shop, `?limit=5${cursor}`)
    seen.push(...ids)
    if (next === undefined) break
    cursor = `&cursor=${next}`
    await upsertContact(database, shop.shopId, { externalId: `late-${pages}` })
    // The last one shown goes, and so does one that is still to come.
    await database
      .updateTable('contacts')
      .set({ removed_at: new Date() })
      .where('shop_id', '=', shop.shopId)
      .where('external_id', 'in', [String(ids.at(-1)), `c-${pages + 1}`])
      .execute()
  }
  const order = Array.from({ length: 23 }, (_, index) => `c-${23 - index}`)
  expect(seen).toEqual(order.filter((id) => seen.includes(id)))
  expect(order.filter((id) => !seen.includes(id))).toEqual(['c-3', 'c-2', 'c-1'])
})

test('the last page has no cursor, even when it is full', async () => {
  const shop = await createShop(database, 'even')
  await addContacts(shop, 4)
  const first = await readPage(shop, '?limit=2')
  const second = await readPage(shop, `?limit=2&cursor=${first.next}`)
  expect([first.ids, second]).toEqual([['c-4', 'c-3'], { ids: ['c-2', 'c-1'], next: undefined }])
  expect(await readPage(await createShop(database, 'empty'), '')).toEqual({ ids: [], next: undefined })
})

test('without a limit there are fifty, with the greatest two hundred', async () => {
  const shop = await createShop(database, 'many')
  await addContacts(shop, 201)
  expect((await readPage(shop, '')).ids).toHaveLength(50)
  const largest = await readPage(shop, '?limit=200')
  expect(largest.ids).toHaveLength(200)
  // The limit may change from page to page.
  expect((await readPage(shop, `?limit=7&cursor=${largest.next}`)).ids).toEqual(['c-1'])
})

test('a cursor belongs to its list, its filters and its shop', async () => {
  const shop = await createShop(database, 'own')
  const other = await createShop(database, 'other')
  await addContacts(shop, 3)
  const { next } = await readPage(shop, '?limit=1&origin=shop')
  expect((await readPage(shop, `?origin=shop&cursor=${next}`)).ids).toEqual(['c-2', 'c-1'])
  for (const [who, url] of [
    [other, `/v1/contacts?origin=shop&cursor=${next}`],
    [shop, `/v1/contacts?cursor=${next}`],
    [shop, `/v1/contacts?origin=import&cursor=${next}`],
    [shop, `/v1/contacts?origin=shop&since=2026-01-01T00:00:00Z&cursor=${next}`],
    [shop, `/v1/registrations?cursor=${next}`],
    [shop, `/v1/contacts?origin=shop&cursor=${next}A`],
    [shop, `/v1/contacts?origin=shop&cursor=${next}=`],
    [shop, `/v1/contacts?origin=shop&cursor=${next}&cursor=${next}`],
  ] as const) {
    expect(await ask(who, { url })).toMatchObject({
      status: 422,
      body: { type: '/problems/invalid-parameter', errors: [{ parameter: 'cursor' }] },
    })
  }
})

test('a cursor shows nobody how many contacts other shops have', async () => {
  const shop = await createShop(database, 'quiet')
  await addContacts(shop, 2)
  const { next } = await readPage(shop, '?limit=1')
  expect(next).toMatch(/^[\w-]{10,60}$/)
})

test('each filter of the book narrows it', async () => {
  const shop = await createShop(database, 'filters')
  await upsertContact(database, shop.shopId, {
    externalId: 'ada',
    phone: '+393470000001',
    email: 'Ada@Example.it',
  })
  await upsertContact(database, shop.shopId, { externalId: 'bea', phone: '+393470000002' })
  const shown = async (query: string) => (await readPage(shop, query)).ids
  expect(await shown('?external_id=ada')).toEqual(['ada'])
  expect(await shown('?external_id=ad')).toEqual([])
  expect(await shown('?phone=%2B393470000002')).toEqual(['bea'])
  expect(await shown('?phone=+393470000002')).toEqual(['bea'])
  expect(await shown('?email=aDA@example.IT')).toEqual(['ada'])
  expect(await shown('?registered=false')).toEqual(['bea', 'ada'])
  expect(await shown('?registered=true')).toEqual([])
  expect(await shown('?purpose=marketing')).toEqual([])
  expect(await shown('?group=1')).toEqual([])
  expect(await shown('?since=2020-01-01T00:00:00Z')).toEqual(['bea', 'ada'])
  expect(await shown('?external_id=%27%20or%201=1--')).toEqual([])
})

test.each([
  'since=yesterday',
  'since=2026-11-21',
  'registered=maybe',
  'purpose=all',
  'group=vip',
  'origin=me',
])('%s is refused with the way out', async (query) => {
  const shop = await createShop(database, query.replaceAll(/[^a-z]/g, '-'))
  const [name = ''] = query.split('=')
  const { status, body } = await ask(shop, { url: `/v1/contacts?${query}` })
  expect([status, Object(body).errors]).toMatchObject([422, [{ parameter: name }]])
  expect(Object(body).errors[0].detail).toMatch(new RegExp(`^${name} must be `))
})
