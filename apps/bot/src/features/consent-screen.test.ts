import { PURPOSES, wordingFor, wordingHash, type KeptWording, type Purpose } from '@postino/domain'
import { visibleLength } from '@postino/telegram'
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
const TELEGRAM_CHARS = 4_096
const TELEGRAM_SOURCE_BYTES = 32_768

/** The longest words a shop may have. */
function longestWords(language: Language): KeptWording[] {
  return PURPOSES.map((id) => {
    const words = { title: '<'.repeat(32), text: `Telegram ${'&'.repeat(391)}` }
    return { id, locale: language, version: 9, ...words, isDefault: false }
  })
}

interface Button {
  text: string
  callback_data: string
}

const SHORT = { name: 'Shop', wordings: [] }

interface Chosen {
  offered: readonly Purpose[]
  granted: readonly Purpose[]
  byContract?: readonly Purpose[]
  maySharePhone?: boolean
}

function screenOf(chosen: Chosen, language: Language, wordings: KeptWording[] = []) {
  const choices = { byContract: [], maySharePhone: false, ...chosen }
  const { html, keyboard } = consentScreen({ shop: { name: SHOP, wordings }, language, choices })
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

  test('the longest words of a shop fit Telegram, with all seven purposes, in the question and in the summary', () => {
    const wordings = longestWords(language)
    const byContract = PURPOSES.slice(0, -1)
    const { html, rows } = screenOf({ offered: PURPOSES, granted: [], byContract }, language, wordings)
    const choices = { offered: PURPOSES, granted: ['marketing' as const], byContract, maySharePhone: true }
    const summary = consentSummary({ shop: { name: SHOP, wordings }, language, choices })
    for (const text of [html, summary]) {
      expect(visibleLength(text)).toBeLessThanOrEqual(TELEGRAM_CHARS)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(TELEGRAM_SOURCE_BYTES)
    }
    for (const { callback_data: data } of rows.flat()) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
  })

  test('it says how to choose, how to change one’s mind and how to leave', () => {
    const { html } = screenOf({ offered: ['messages'], granted: [] }, language)
    expect(html).toContain('/settings')
    expect(html).toContain('/stop')
    expect(html).toContain('&amp;')
  })

  test('[CM-15] the summary names what was chosen, how often it comes, and the way out', () => {
    const granted: Purpose[] = ['marketing', 'order_updates']
    const choices = { offered: PURPOSES, granted, byContract: [], maySharePhone: true }
    const html = consentSummary({ shop: SHORT, language, choices })
    const [orders, offers] = [titles[0], titles.at(-1)]
    expect(html).toContain(`✅ <b>${orders}</b>\n${wordingFor('order_updates', language).text}`)
    expect(html).toContain(`✅ <b>${offers}</b>\n${wordingFor('marketing', language).text}`)
    expect(html).toContain('/settings')
    expect(html).toContain('/stop')
    for (const title of titles.slice(1, -1)) expect(html).not.toContain(`✅ <b>${title}`)
  })

  test('who chose nothing is told that nothing will come', () => {
    const html = consentSummary({
      shop: SHORT,
      language,
      choices: { offered: PURPOSES, granted: [], byContract: [], maySharePhone: true },
    })
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
      .map(([button]) => wordingShown(GRANT_CALLBACK.exec(button!.callback_data)!, []))
    expect(shown).toMatchObject(PURPOSES.map((purpose) => wordingFor(purpose, language)))
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
  expect(match === null ? undefined : wordingShown(match, [])).toBeUndefined()
})

test('a button that withdraws needs no words', () => {
  const { rows } = screenOf({ offered: [], granted: PURPOSES }, 'uk')
  expect(rows.slice(0, -1).map(([button]) => WITHDRAW_CALLBACK.exec(button!.callback_data)?.[1])).toEqual([
    ...PURPOSES,
  ])
})

test('a shop’s own words are asked and agreed to, and no former ones', () => {
  const [own] = longestWords('en')
  const { html, rows } = screenOf({ offered: ['order_updates'], granted: [] }, 'en', [own!])
  expect(html).toContain('Telegram &amp;')
  const match = GRANT_CALLBACK.exec(rows[0]![0]!.callback_data)!
  expect(wordingShown(match, [own!])).toEqual(own)
  expect(wordingShown(match, [{ ...own!, version: 10, text: 'Other words on Telegram.' }])).toBeUndefined()
  expect(wordingShown(match, [])).toBeUndefined()
})

test('whose number nobody has seen yet may share it', () => {
  const { rows } = screenOf({ offered: ['messages'], granted: [], byContract: [], maySharePhone: true }, 'en')
  expect(rows.at(-1)).toMatchObject([{ text: '📱 Share my phone number', callback_data: 'phone:ask' }])
})

test('what rests on the contract is shown as that, and a tap ends it', () => {
  const { html, rows } = screenOf(
    { offered: ['marketing'], granted: [], byContract: ['order_updates'] },
    'en',
  )
  expect(rows[0]).toMatchObject([{ text: '📄 My orders', callback_data: 'consent:withdraw:order_updates' }])
  expect(rows[1]).toMatchObject([{ text: '⬜ Offers and news' }])
  expect(html).toContain('📄 Only this comes without your saying so')
  const agreed = screenOf({ offered: [], granted: ['order_updates'], byContract: ['order_updates'] }, 'en')
  expect(agreed.html).not.toContain('📄')
})
