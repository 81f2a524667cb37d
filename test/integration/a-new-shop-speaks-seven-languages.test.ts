import { insertShop, insertStarterTemplates, listWholeTemplates } from '@postino/database'
import { starterTemplates } from '@postino/templates'
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
  expect(await insertStarterTemplates(db, shopId, starterTemplates)).toBe(starterTemplates.length)
  expect(await insertStarterTemplates(db, shopId, starterTemplates)).toBe(0)
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
