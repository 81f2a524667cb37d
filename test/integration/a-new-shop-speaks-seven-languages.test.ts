import {
  insertShop,
  insertStarterTemplates,
  listVersionsToRecheck,
  listWholeTemplates,
} from '@postino/database'
import { CHECKER_VERSION, starterTemplates } from '@postino/templates'
import { expect, test } from 'vitest'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const LANGUAGES = ['it', 'en', 'uk', 'de', 'fr', 'es', 'pl'] as const

async function createShop(): Promise<string> {
  const shop = await insertShop(db, { slug: 'bottega', name: 'Bottega', locale: 'it', timeZone: 'UTC' })
  if (shop === undefined) throw new Error('there is such a shop already')
  return shop.id
}

test('a new shop has every starter text, published as it was written, and is given none twice', async () => {
  const shopId = await createShop()
  const insert = () => insertStarterTemplates(db, shopId, starterTemplates, CHECKER_VERSION)
  expect(await insert()).toBe(starterTemplates.length)
  expect(await insert()).toBe(0)
  for (const locale of LANGUAGES) {
    const kept = await listWholeTemplates(db, shopId, { locale, limit: 100 })
    const texts = kept.map(({ kind, state, published }) => ({
      kind,
      state,
      locale,
      content: published?.content,
    }))
    const written = starterTemplates.filter((template) => template.locale === locale)
    expect(texts).toHaveLength(written.length)
    expect(texts).toEqual(expect.arrayContaining(written))
  }
})

test('starter texts the checker knows are not judged once more for every new shop', async () => {
  const wanted = { checkerVersion: CHECKER_VERSION, limit: 1000 }
  expect(await listVersionsToRecheck(db, wanted)).toEqual([])
  const newer = { ...wanted, checkerVersion: CHECKER_VERSION + 1 }
  expect(await listVersionsToRecheck(db, newer)).toHaveLength(starterTemplates.length)
})
