import { expect, test } from 'vitest'
import { PURPOSES } from '../purpose.ts'
import { nextWordingVersion, WORDING_LOCALES, wordingFor, wordingHash, wordingInForce } from './wording.ts'

const WORDINGS = WORDING_LOCALES.flatMap((locale) => PURPOSES.map((purpose) => wordingFor(purpose, locale)))

test('[CM-6, CM-9] every purpose is asked for in every language, by name of its content and of Telegram', () => {
  expect(WORDINGS).toHaveLength(21)
  for (const wording of WORDINGS) {
    expect(wording.text).toContain('Telegram')
    expect(wording.text.length).toBeGreaterThan(60)
    expect(wording.title.length).toBeLessThanOrEqual(32)
  }
})

test('no two wordings share a hash, and any change of the words changes it', () => {
  expect(new Set(WORDINGS.map(wordingHash)).size).toBe(WORDINGS.length)
  const wording = wordingFor('order_updates', 'it')
  expect(wordingHash(wording)).toMatch(/^[0-9a-f]{64}$/)
  expect(wordingHash({ ...wording, text: `${wording.text} ` })).not.toBe(wordingHash(wording))
  expect(wordingHash({ ...wording, version: wording.version + 1 })).not.toBe(wordingHash(wording))
})

test('the words of version 2 are the ones people agree to', () => {
  const hashes = Object.fromEntries(
    WORDINGS.map((wording) => [
      `${wording.id} ${wording.locale} ${wording.version}`,
      wordingHash(wording).slice(0, 12),
    ]),
  )
  // A changed hash here means: raise the version of that wording, then take the new hash over.
  expect(hashes).toMatchInlineSnapshot(`
    {
      "activities en 2": "e6ea9bae28b9",
      "activities it 2": "c2ce3ef003e0",
      "activities uk 2": "e1ceb2e90236",
      "cart_reminders en 2": "eea6c976da5c",
      "cart_reminders it 2": "2200d3e12dd4",
      "cart_reminders uk 2": "d3c4939fbc00",
      "documents en 2": "2548c50a902a",
      "documents it 2": "6944056723d2",
      "documents uk 2": "eeb74f270c31",
      "marketing en 2": "be29230ba5fd",
      "marketing it 2": "d5738c432360",
      "marketing uk 2": "e83d272d329a",
      "messages en 2": "9bce608de6fc",
      "messages it 2": "4cc9242b2ff0",
      "messages uk 2": "5d5e353961cd",
      "order_updates en 2": "a0a88a42e251",
      "order_updates it 2": "63540b3ff67a",
      "order_updates uk 2": "1ed2667eba5c",
      "reminders en 2": "f5b78fc24458",
      "reminders it 2": "1a6478b34b65",
      "reminders uk 2": "f713f239f979",
    }
  `)
})

test('a shop’s youngest words are in force, and Postino’s own without them', () => {
  const own = wordingFor('marketing', 'it')
  const shops = { ...own, version: 7, text: 'Su Telegram, una volta al mese.', isDefault: false }
  expect(wordingInForce([], 'marketing', 'it')).toEqual({ ...own, isDefault: true })
  expect(wordingInForce([shops, { ...shops, version: 6 }], 'marketing', 'it')).toEqual(shops)
  expect(wordingInForce([shops], 'marketing', 'en')).toMatchObject({ locale: 'en', isDefault: true })
  expect(wordingInForce([shops], 'messages', 'it')).toMatchObject({ id: 'messages', isDefault: true })
})

test('Postino’s own words that were kept give way to better ones, but not when a shop went back to them', () => {
  const own = wordingFor('marketing', 'it')
  const former = { ...own, version: own.version - 1, isDefault: true }
  expect(wordingInForce([former], 'marketing', 'it')).toEqual({ ...own, isDefault: true })
  const chosenAgain = { ...own, version: own.version + 3, isDefault: true }
  expect(wordingInForce([former, chosenAgain], 'marketing', 'it')).toEqual(chosenAgain)
})

test('the next version is above all in use and above Postino’s own', () => {
  const own = wordingFor('marketing', 'it')
  expect(nextWordingVersion([], 'marketing', 'it')).toBe(own.version + 1)
  expect(nextWordingVersion([{ ...own, version: 9 }], 'marketing', 'it')).toBe(10)
})
