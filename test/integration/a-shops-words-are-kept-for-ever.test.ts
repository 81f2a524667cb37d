import {
  findWording,
  insertShop,
  insertShopWording,
  listWordings,
  recordWordings,
  restoreDefaultWording,
} from '@postino/database'
import { wordingFor, wordingInForce, type WordingInput } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const OWN = wordingFor('marketing', 'it')
const SHOPS: WordingInput = {
  purpose: 'marketing',
  locale: 'it',
  title: 'Le offerte di Faenza',
  text: 'Una volta al mese, su Telegram, le offerte della bottega.',
}

let shops = 0
async function createShop(): Promise<string> {
  const slug = `words-${++shops}`
  const shop = await insertShop(db, { slug, name: slug, locale: 'it', timeZone: 'Europe/Rome' })
  if (shop === undefined) throw new Error(`there is a shop ${slug} already`)
  return shop.id
}

async function listVersions(shopId: string): Promise<string[]> {
  const { rows } = await sql<{ version: number; title: string }>`
    select version, title from wordings where shop_id = ${shopId} order by version`.execute(db)
  return rows.map(({ version, title }) => `${version} ${title}`)
}

test('[CM-6] a shop’s own words come into force as the next version, and the former stay', async () => {
  const shopId = await createShop()
  await recordWordings(db, shopId, [{ ...OWN, isDefault: true }])
  const { status, wording } = await insertShopWording(db, shopId, SHOPS)
  expect(status).toBe('created')
  expect(wording).toMatchObject({ version: OWN.version + 1, title: SHOPS.title, isDefault: false })
  await insertShopWording(db, shopId, { ...SHOPS, title: 'Offerte' })
  expect(await listVersions(shopId)).toEqual([
    `${OWN.version} ${OWN.title}`,
    `${OWN.version + 1} ${SHOPS.title}`,
    `${OWN.version + 2} Offerte`,
  ])
  expect(wordingInForce(await listWordings(db, shopId), 'marketing', 'it').title).toBe('Offerte')
})

test('the same words again are no new version', async () => {
  const shopId = await createShop()
  const first = await insertShopWording(db, shopId, SHOPS)
  expect(await insertShopWording(db, shopId, SHOPS)).toEqual({ ...first, status: 'unchanged' })
  expect(await listVersions(shopId)).toHaveLength(1)
})

test('going back to Postino’s words is a version, too, and what was recorded before means what it meant', async () => {
  const shopId = await createShop()
  const own = await restoreDefaultWording(db, shopId, { purpose: 'marketing', locale: 'it' })
  expect(own).toEqual({ status: 'unchanged', wording: { ...OWN, isDefault: true } })
  await insertShopWording(db, shopId, SHOPS)
  const back = await restoreDefaultWording(db, shopId, { purpose: 'marketing', locale: 'it' })
  expect(back).toEqual({ status: 'created', wording: { ...OWN, version: OWN.version + 2, isDefault: true } })
  expect(wordingInForce(await listWordings(db, shopId), 'marketing', 'it')).toEqual(back.wording)
  const wanted = { purpose: 'marketing', locale: 'it' } as const
  expect(await findWording(db, shopId, { ...wanted, version: OWN.version + 1 })).toMatchObject({
    title: SHOPS.title,
  })
})

test('words are recorded once however often they are asked with; others under their version are refused', async () => {
  const shopId = await createShop()
  const kept = { ...OWN, isDefault: true }
  await Promise.all(Array.from({ length: 10 }, () => recordWordings(db, shopId, [kept])))
  expect(await listVersions(shopId)).toHaveLength(1)
  await expect(recordWordings(db, shopId, [{ ...kept, title: 'Altro' }])).rejects.toThrow('unique')
})

test('of many who put words in force at once each gets a version of its own', async () => {
  const shopId = await createShop()
  await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      insertShopWording(db, shopId, { ...SHOPS, title: `Offerte ${index}` }),
    ),
  )
  const versions = (await listVersions(shopId)).map((line) => Number(line.split(' ')[0]))
  expect(versions).toEqual(Array.from({ length: 8 }, (_, index) => OWN.version + 1 + index))
})

test('a version is found when it was kept or could be asked with now, in its own shop alone', async () => {
  const [shopId, elsewhere] = [await createShop(), await createShop()]
  const wanted = { purpose: 'marketing', locale: 'it' } as const
  const { wording } = await insertShopWording(db, shopId, SHOPS)
  expect(await findWording(db, shopId, { ...wanted, version: wording.version })).toEqual(wording)
  expect(await findWording(db, elsewhere, { ...wanted, version: wording.version })).toBeUndefined()
  // Never asked with here, and the shop's own words stand in its place.
  expect(await findWording(db, shopId, { ...wanted, version: OWN.version })).toBeUndefined()
  expect(await findWording(db, elsewhere, { ...wanted, version: OWN.version })).toMatchObject(OWN)
})

test.each(['update wordings set text = text', 'delete from wordings', 'truncate wordings'])(
  'kept words cannot be changed or lost: %s',
  async (statement) => {
    await insertShopWording(db, await createShop(), SHOPS)
    await expect(sql.raw(statement).execute(db)).rejects.toThrow('only grows')
  },
)
