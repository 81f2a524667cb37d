import { createHash } from 'node:crypto'
import { mergeContacts, type ApiKeyScope } from '@postino/database'
import { canonicalJson, wordingFor } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createContact, decide, openTestDatabase } from './database-under-test.ts'
import { createKey } from './ingest-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

async function createShop(...scopes: ApiKeyScope[]) {
  const shop = await createConsoleShop(db, scopes.length === 0 ? undefined : scopes)
  return { ...shop, ...(await createContact(db, shop.bot)) }
}
type Shop = Awaited<ReturnType<typeof createShop>>

async function recordGrant(shop: Shop): Promise<void> {
  const body = {
    contact_id: shop.contactId,
    purpose: 'marketing',
    obtained_at: '2026-01-02T16:20:00+01:00',
    source: 'paper_form',
    wording: { locale: 'it', version: wordingFor('marketing', 'it').version },
    reference: 'form 2026/118',
  }
  await ask(shop, { method: 'POST', url: '/v1/consents/grants', body })
}

interface Entry {
  id: string
  action: string
  purpose: string
  details?: object
  evidence: Record<string, string>
  hash: string
  previous_hash?: string
}

async function readLedger(shop: Shop, query = `contact=${shop.contactId}`) {
  const { body } = await ask(shop, { url: `/v1/consents?${query}` })
  return body as { items: Entry[]; next_cursor?: string }
}

test('[CM-4, CM-6, CM-16] every entry shows its words and its place in the chain, the youngest first', async () => {
  const shop = await createShop()
  await recordGrant(shop)
  const { contactId } = shop
  await decide(db, shop.bot, { contactId, purpose: 'marketing', action: 'withdrawn' })
  await decide(db, shop.bot, { contactId, purpose: 'messages', action: 'granted' })
  const { items } = await readLedger(shop)
  expect(items.map(({ purpose, action }) => `${purpose} ${action}`)).toEqual([
    'messages granted',
    'marketing withdrawn',
    'marketing granted',
  ])
  expect(items.map((entry) => entry.previous_hash)).toEqual([items[1]!.hash, items[2]!.hash, undefined])
  expect(items[2]).toMatchObject({ wording: { text: wordingFor('marketing', 'it').text } })
  const granted = await readLedger(shop, `contact=${contactId}&action=granted&purpose=marketing`)
  expect(granted.items).toEqual([items[2]])
  expect(await readLedger(shop, `external_id=${shop.recipient}`)).toEqual({ items })
})

test('the personal proof is for keys that may write consents, and is what the ledger has the hash of', async () => {
  const shop = await createShop()
  await recordGrant(shop)
  const [entry] = (await readLedger(shop)).items
  expect(entry?.details).toMatchObject({ reference: 'form 2026/118' })
  const hash = createHash('sha256').update(canonicalJson(entry?.details)).digest('hex')
  expect(entry?.evidence['details_hash']).toBe(hash)
  const reader = { ...shop, ...(await createKey(db, shop.shopId, ['consents:read'])) }
  const { items } = await readLedger(reader)
  expect(items).toHaveLength(1)
  expect(JSON.stringify(items)).not.toContain('2026/118')
})

test('it comes page by page, and what is added meanwhile shifts nothing', async () => {
  const shop = await createShop()
  const act = async (action: 'granted' | 'withdrawn') =>
    await decide(db, shop.bot, { contactId: shop.contactId, purpose: 'marketing', action })
  for (let round = 0; round < 3; round++) {
    await act('granted')
    await act('withdrawn')
  }
  const all = (await readLedger(shop)).items
  const first = await readLedger(shop, `contact=${shop.contactId}&limit=4`)
  await act('granted')
  const second = await readLedger(shop, `contact=${shop.contactId}&limit=4&cursor=${first.next_cursor}`)
  expect([...first.items, ...second.items]).toEqual(all)
  expect(second).not.toHaveProperty('next_cursor')
})

test('a merged contact keeps its own entries, and its name leads to the one it has become', async () => {
  const shop = await createShop()
  await recordGrant(shop)
  const { contactId: intoContactId, recipient } = await createContact(db, shop.bot)
  await db.transaction().execute((trx) =>
    mergeContacts(trx, shop.shopId, {
      fromContactId: shop.contactId,
      intoContactId,
      matchedBy: 'operator',
      actor: 'test',
      evidence: {},
    }),
  )
  const own = (await readLedger(shop)).items
  expect(own).toHaveLength(1)
  const survivors = (await readLedger(shop, `external_id=${recipient}`)).items
  expect(survivors[0]?.evidence).toMatchObject({ merged_contact_id: shop.contactId, consent_id: own[0]?.id })
  expect((await readLedger(shop, `external_id=${shop.recipient}`)).items).toEqual(survivors)
})

test('a ledger that is whole is said to be, and one that was tampered with is not', async () => {
  const shop = await createShop()
  await recordGrant(shop)
  const verify = async () => (await ask(shop, { url: `/v1/consents/verify?contact=${shop.contactId}` })).body
  expect(await verify()).toEqual({ is_whole: true, rows: 1, fault_count: 0, faults: [] })
  await sql`update consent_details set details = '{}' where shop_id = ${shop.shopId}`.execute(db)
  const [entry] = (await readLedger(shop)).items
  expect(await verify()).toEqual({
    is_whole: false,
    rows: 1,
    fault_count: 1,
    faults: [{ fault: 'details_altered', consent_id: entry?.id }],
  })
})

test('a contact of nobody, of another shop, or not named at all has no ledger here', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  await recordGrant(shop)
  for (const path of ['/v1/consents', '/v1/consents/verify']) {
    expect((await ask(elsewhere, { url: `${path}?contact=${shop.contactId}` })).status).toBe(404)
    expect((await ask(shop, { url: `${path}?external_id=nobody` })).status).toBe(404)
    expect(errorsOf(await ask(shop, { url: path }))).toEqual(['contact one_name'])
    const both = `${path}?contact=${shop.contactId}&external_id=x`
    expect(errorsOf(await ask(shop, { url: both }))).toEqual(['external_id one_name'])
    expect(errorsOf(await ask(shop, { url: `${path}?contact=x` }))).toEqual(['contact invalid_id'])
  }
  expect((await ask(await createShop('contacts:read'), { url: '/v1/consents?contact=1' })).status).toBe(403)
})

test('who never said anything has an empty ledger, which is whole', async () => {
  const shop = await createShop()
  expect(await readLedger(shop)).toEqual({ items: [] })
  const { body } = await ask(shop, { url: `/v1/consents/verify?contact=${shop.contactId}` })
  expect(body).toMatchObject({ is_whole: true, rows: 0 })
})
