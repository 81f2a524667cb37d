import { PURPOSES, wordingFor, wordingHash, type Purpose } from '@postino/domain'
import { describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../texts/find-texts.ts'
import {
  consentScreen,
  consentSummary,
  DONE_CALLBACK,
  GRANT_CALLBACK,
  WITHDRAW_CALLBACK,
  wordingShown,
} from './consent-screen.ts'

// The longest a shop's name can be here.
const SHOP = '&'.repeat(128)

interface Button {
  text: string
  callback_data: string
}

function screenOf(choices: { offered: readonly Purpose[]; granted: readonly Purpose[] }, language: Language) {
  const { html, keyboard } = consentScreen({ shopName: SHOP, language, choices })
  return { html, rows: keyboard.inline_keyboard as Button[][] }
}

describe.each(Object.keys(LANGUAGES) as Language[])('in %s', (language) => {
  const titles = PURPOSES.map((purpose) => wordingFor(purpose, language).title)

  test('all seven purposes fit Telegram, each on a line of its own with its words above', () => {
    const { html, rows } = screenOf({ offered: PURPOSES, granted: [] }, language)
    expect(html.length).toBeLessThan(4096)
    expect(rows.map((row) => row.length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
    expect(rows.slice(0, -1).map(([button]) => button?.text)).toEqual(titles.map((title) => `⬜ ${title}`))
    for (const purpose of PURPOSES) expect(html).toContain(wordingFor(purpose, language).text)
    for (const { text, callback_data: data } of rows.flat()) {
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
      expect(text.length).toBeLessThanOrEqual(40)
    }
  })

  test('it says how to choose, how to change one’s mind and how to leave', () => {
    const { html } = screenOf({ offered: ['messages'], granted: [] }, language)
    expect(html).toContain('/settings')
    expect(html).toContain('/stop')
    expect(html).toContain('&amp;')
  })

  test('the summary names what was chosen, and the way out', () => {
    const granted: Purpose[] = ['marketing', 'order_updates']
    const choices = { offered: PURPOSES, granted }
    const html = consentSummary({ shopName: 'Shop', language, choices })
    const [orders, offers] = [titles[0], titles.at(-1)]
    expect(html).toContain(`✅ ${orders}\n✅ ${offers}`)
    expect(html).toContain('/settings')
    expect(html).toContain('/stop')
    for (const title of titles.slice(1, -1)) expect(html).not.toContain(`✅ ${title}`)
  })

  test('who chose nothing is told that nothing will come', () => {
    const html = consentSummary({ shopName: 'Shop', language, choices: { offered: PURPOSES, granted: [] } })
    expect(html).not.toContain('✅')
    expect(html).toContain('Shop')
  })
})

test('nothing is on that was not granted, and what is on can be switched off, whoever offered it', () => {
  const { html, rows } = screenOf({ offered: ['messages', 'order_updates'], granted: ['marketing'] }, 'en')
  expect(rows.flat().map(({ text, callback_data: data }) => [text, data.split(':', 2).join(':')])).toEqual([
    ['⬜ My orders', 'consent:grant'],
    ['⬜ My messages', 'consent:grant'],
    ['✅ Offers and news', 'consent:withdraw'],
    ['Done', DONE_CALLBACK],
  ])
  expect(html.match(/✅/g)).toHaveLength(1)
})

test('a button that grants names the words above it, in their language and version', () => {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    const { rows } = screenOf({ offered: PURPOSES, granted: [] }, language)
    const shown = rows
      .slice(0, -1)
      .map(([button]) => wordingShown(GRANT_CALLBACK.exec(button!.callback_data)!))
    expect(shown).toEqual(PURPOSES.map((purpose) => wordingFor(purpose, language)))
  }
})

test.each([
  'consent:grant:order_updates:en:000000000000',
  'consent:grant:order_updates:it:',
  'consent:grant:order_updates:xx:a13b0a6f9613',
  'consent:grant:constructor:en:a13b0a6f9613',
  `consent:grant:marketing:en:${wordingHash(wordingFor('order_updates', 'en')).slice(0, 12)}`,
])('words that nobody was shown are not agreed to: %s', (data) => {
  const match = GRANT_CALLBACK.exec(data)
  expect(match === null ? undefined : wordingShown(match)).toBeUndefined()
})

test('a button that withdraws needs no words', () => {
  const { rows } = screenOf({ offered: [], granted: PURPOSES }, 'uk')
  expect(rows.slice(0, -1).map(([button]) => WITHDRAW_CALLBACK.exec(button!.callback_data)?.[1])).toEqual([
    ...PURPOSES,
  ])
})
