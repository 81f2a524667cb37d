import { expect, test } from 'vitest'
import { PURPOSES } from '../purpose.ts'
import { WORDING_LOCALES, wordingFor, wordingHash } from './wording.ts'

const WORDINGS = WORDING_LOCALES.flatMap((locale) => PURPOSES.map((purpose) => wordingFor(purpose, locale)))

test('every purpose is asked for in every language, by name of its content and of Telegram', () => {
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
  expect(wordingHash({ ...wording, version: 2 })).not.toBe(wordingHash(wording))
})

test('the words of version 1 are the ones people agreed to', () => {
  const hashes = Object.fromEntries(
    WORDINGS.map((wording) => [
      `${wording.id} ${wording.locale} ${wording.version}`,
      wordingHash(wording).slice(0, 12),
    ]),
  )
  // A changed hash here means: raise the version of that wording, then take the new hash over.
  expect(hashes).toMatchInlineSnapshot(`
    {
      "activities en 1": "ee50ca907a19",
      "activities it 1": "19156f884773",
      "activities uk 1": "a249a7a24983",
      "cart_reminders en 1": "1023547b45a8",
      "cart_reminders it 1": "3b6c72b52bdd",
      "cart_reminders uk 1": "c0dd8c7c5e3d",
      "documents en 1": "80c52fb77a2e",
      "documents it 1": "25cc6c659668",
      "documents uk 1": "e6a6f758bdc9",
      "marketing en 1": "2d1f0bbe88f4",
      "marketing it 1": "7e4114d7be8b",
      "marketing uk 1": "c90265c6b51f",
      "messages en 1": "9f34ae32992d",
      "messages it 1": "caab8793089a",
      "messages uk 1": "f22dfb3e29a3",
      "order_updates en 1": "a13b0a6f9613",
      "order_updates it 1": "42992d9f405f",
      "order_updates uk 1": "f134df6ca479",
      "reminders en 1": "064a20476b5d",
      "reminders it 1": "5662188dde64",
      "reminders uk 1": "7405d45a9cb6",
    }
  `)
})
