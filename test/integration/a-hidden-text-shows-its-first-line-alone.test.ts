import { composeMessage } from '@postino/composition'
import { formatText } from '@postino/emulator'
import { createRenderer } from '@postino/templates'
import { withLinks } from '@postino/telegram'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileData, hostileText } from '../support/hostile-data.ts'
import { templateSource } from '../support/random-templates.ts'

const render = createRenderer()
const READER = { kind: 'order.status_changed', locale: 'it', timeZone: 'Europe/Rome', nowMs: 0 }
const FILE = { type: 'auto', url: 'https://shop.example/a.exe', name: 'Referto.exe' } as const

function composed(
  content: { text: string; preview: string },
  extra: Record<string, unknown>,
  files = 0,
): string | undefined {
  const result = render({ ...content, buttons: [], silent: false }, { ...READER, data: { extra } })
  if (result.status === 'failed') return undefined
  const media = Array.from({ length: files }, () => FILE)
  const message = composeMessage({ ...result.content, media }, { messageId: '1', policy: {} })
  if (message.status === 'failed') throw new Error(message.detail)
  return message.content.html
}

/** What Telegram shows before anybody taps the message. */
function seenBeforeTap(html: string): string {
  const shown = formatText({ text: html, parseMode: 'HTML' }, { kind: 'text', maxLength: 4_096 })
  if (shown.status === 'refused') throw new Error(shown.description)
  const units = Array.from({ length: shown.text.length }, (_, index) => shown.text.charAt(index))
  for (const { type, offset, length } of shown.entities)
    if (type === 'spoiler') units.fill('', offset, offset + length)
  return units.join('').trim()
}

test('[PLAN-3] of a text with a preview Telegram hides everything but the first line', () => {
  const html = composed(
    {
      text: '<b>{{ extra.b }}</b> <code>{{ extra.b }}</code>\n<pre>{{ extra.b }}</pre> @{{ extra.b }}',
      preview: 'Ciao {{ extra.a }}',
    },
    { a: 'Anna <b>', b: 'Segreto' },
    1,
  )
  expect(html).toContain('Ciao Anna &lt;b&gt;\n\n<tg-spoiler><b>Segreto</b> Segreto')
  expect(seenBeforeTap(html ?? '')).toBe('Ciao Anna <b>')
})

test.each([
  ['code', '<code>x</code> '],
  ['dates', '<tg-time unix="1795000000">x</tg-time> '],
  ['more entities than Telegram keeps', '<b>x</b> y '],
  ['more links than Telegram keeps', '<a href="https://shop.example/">x</a> y '],
  ['links in quotations', '<blockquote><a href="https://shop.example/">x</a> <i>y</i></blockquote>\n'],
])('%s do not bring a hidden text to light', (_what, part) => {
  const html = composed({ text: part.repeat(90), preview: 'Novità' }, {})
  expect(seenBeforeTap(html ?? '')).toBe('Novità')
})

test('a link that is added when a file cannot be sent is hidden, too', () => {
  const html = composed({ text: '<b>Segreto</b>', preview: 'Novità' }, {})
  const later = withLinks(html ?? '', [FILE], 4_096)
  expect(later).toBe(
    'Novità\n\n<tg-spoiler><b>Segreto</b>\n\n<a href="https://shop.example/a.exe">Referto.exe</a></tg-spoiler>',
  )
  expect(seenBeforeTap(later)).toBe('Novità')
})

test('whatever a template and its data say, they are not seen before the message is tapped', () => {
  fc.assert(
    fc.property(templateSource, hostileText, hostileData, fc.nat({ max: 5 }), (text, line, data, files) => {
      const html = composed({ text, preview: 'Novità {{ extra.line }}' }, { ...data, line }, files)
      if (html === undefined) return
      const seen = seenBeforeTap(html)
      expect(seen).toMatch(/^Novità/)
      expect(seen).not.toContain('\n')
      expect(seen.length).toBeLessThanOrEqual(200)
    }),
    { numRuns: 300 },
  )
})
