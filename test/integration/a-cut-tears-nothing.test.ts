import { formatText } from '@postino/emulator'
import { cutHtml, escapeHtml, splitHtml } from '@postino/telegram'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { PIECES } from '../differential/pieces.ts'
import { hostileText } from '../support/hostile-data.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

const words = fc.constantFrom(
  'Ciao ',
  '1.234,50 € ',
  'https://shop.example/track/123?a=b ',
  'info@shop.example ',
  'shop.example/x ',
  '@postino ',
  '\n\n',
)

/** With sense or without. */
const anyHtml = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES),
      words,
      hostileText.map((text) => escapeHtml(text).slice(0, 60)),
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(''))

const LETTERS = '👍🏽 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇮🇹🇺🇦 e\u0301\u0323 नमस्ते שלום & < > " a 1'.split(' ')

/** Balanced, as what is rendered, of whole characters that Telegram leaves as they are. */
const goodHtml = fc
  .array(
    fc.tuple(
      fc.constantFrom('b', 'i', 'code', 'tg-spoiler', 'u'),
      fc.array(fc.oneof(words, fc.constantFrom(...LETTERS)), { maxLength: 12 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.map(([tag, texts]) => `<${tag}>${escapeHtml(texts.join(''))}</${tag}>`).join(''))

function shownBy(html: string) {
  const shown = formatText({ text: html, parseMode: 'HTML' }, { kind: 'caption', maxLength: 1_000_000 })
  if (shown.status === 'refused') throw new Error(`${shown.description}: ${JSON.stringify(html)}`)
  return shown
}

/** What a tap on the text would open. */
function linkedBy(html: string): string[] {
  const { text, entities } = shownBy(html)
  return entities
    .filter(({ type }) => type === 'url' || type === 'email')
    .map(({ offset, length }) => text.slice(offset, offset + length))
}

test('[U18] a cut or a piece of whatever text is one that Telegram reads', () => {
  fc.assert(
    fc.property(anyHtml, fc.integer({ min: 2, max: 80 }), (html, limit) => {
      for (const piece of [cutHtml(html, limit), ...splitHtml(html, limit)])
        expect(shownBy(piece).text.length).toBeLessThanOrEqual(limit)
    }),
    { numRuns: 3_000 },
  )
})

test('[U18] a cut shows the beginning of the text, with no character torn and no address that was not there', () => {
  fc.assert(
    fc.property(goodHtml, fc.integer({ min: 40, max: 120 }), (html, limit) => {
      const cut = cutHtml(html, limit)
      const whole = shownBy(html)
      const left = shownBy(cut).text
      if (left === whole.text) return
      const kept = left.replace(/…$/, '').trimEnd()
      expect(whole.text.startsWith(kept)).toBe(true)
      const rest = graphemes.segment(whole.text).containing(kept.length)
      if (rest !== undefined) expect(rest.index).toBe(kept.length)
      // One word of more than the limit has to be torn.
      if (/\S{40}/.test(whole.text)) return
      for (const address of linkedBy(cut)) expect(linkedBy(html)).toContain(address)
    }),
    { numRuns: 3_000 },
  )
})
