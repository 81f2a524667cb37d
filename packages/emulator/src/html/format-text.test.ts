import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { entityEnd, isSplittable, type MessageEntity } from './entity.ts'
import { formatText, type FormatResult, type TextLimits } from './format-text.ts'

const TEXT: TextLimits = { maxLength: 4096, kind: 'text' }
const CAPTION: TextLimits = { maxLength: 1024, kind: 'caption' }

function formatHtml(text: string, limits: TextLimits = TEXT): FormatResult {
  return formatText({ text, parseMode: 'HTML' }, limits)
}

test.for([
  ['', 'message text is empty'],
  ['<b></b>', 'text must be non-empty'],
  [' \n ', 'text must be non-empty'],
  ['\u200B\u00A0\u2800', 'text must be non-empty'],
  [
    '&#xD83D;',
    `can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units`,
  ],
  ['\uD83D', 'text must be encoded in UTF-8'],
  ['a'.repeat(4097), 'message is too long'],
  ['é'.repeat(16_385), 'text is too long'],
])('the text %j is refused: %s', ([text = '', description]) => {
  expect(formatHtml(text)).toEqual({ status: 'refused', description })
})

test('the longest text passes, counted after parsing and in characters, not in UTF-16 units', () => {
  expect(formatHtml(`<b>${'a'.repeat(4096)}</b>`)).toMatchObject({ status: 'formatted' })
  expect(formatHtml('😀'.repeat(4096))).toMatchObject({ status: 'formatted' })
  expect(formatHtml('😀'.repeat(4097))).toMatchObject({ status: 'refused' })
  expect(formatHtml('é'.repeat(16_384))).toEqual({ status: 'refused', description: 'message is too long' })
})

test('a caption may be empty, and is too long beyond 1024', () => {
  expect(formatHtml('', CAPTION)).toEqual({ status: 'formatted', text: '', entities: [] })
  expect(formatHtml('<i> </i>', CAPTION)).toEqual({ status: 'formatted', text: '', entities: [] })
  expect(formatHtml('a'.repeat(1025), CAPTION)).toEqual({
    status: 'refused',
    description: 'message caption is too long',
  })
})

test('the parse mode is read in any case, and an unknown one is refused', () => {
  expect(formatText({ text: '<b>x</b>', parseMode: 'hTmL' }, TEXT)).toMatchObject({ text: 'x' })
  expect(formatText({ text: '*x*', parseMode: 'MarkdownV2' }, TEXT)).toMatchObject({ text: 'x' })
  expect(formatText({ text: '<b>x', parseMode: 'none' }, TEXT)).toMatchObject({ text: '<b>x' })
  for (const parseMode of ['bbcode', 'constructor', '__proto__']) {
    expect(formatText({ text: 'x', parseMode }, TEXT)).toEqual({
      status: 'refused',
      description: 'unsupported parse_mode',
    })
  }
})

test('both ends are trimmed, but not into an entity at the front', () => {
  expect(formatHtml('\n x <b> y </b> \n')).toEqual({
    status: 'formatted',
    text: 'x  y',
    entities: [{ offset: 2, length: 2, type: 'bold' }],
  })
  expect(formatHtml('  <b>  y</b>')).toEqual({
    status: 'formatted',
    text: '  y',
    entities: [{ offset: 0, length: 3, type: 'bold' }],
  })
})

test('control characters become spaces and carriage returns go, with entities moved along', () => {
  expect(formatHtml('a\r\n<b>b\tc</b>\u202E!')).toEqual({
    status: 'formatted',
    text: 'a\nb c!',
    entities: [{ offset: 2, length: 3, type: 'bold' }],
  })
})

test('addresses, commands and mentions are found where no entity of the sender stands', () => {
  expect(
    formatHtml('/start <a href="a.b">ex.com</a> <b>ex.org</b> @shop_bot <code>x.com</code>'),
  ).toMatchObject({
    entities: [
      { offset: 0, length: 6, type: 'bot_command' },
      { offset: 7, length: 6, type: 'text_link', url: 'http://a.b/' },
      { offset: 14, length: 6, type: 'url' },
      { offset: 14, length: 6, type: 'bold' },
      { offset: 21, length: 9, type: 'mention' },
      { offset: 31, length: 5, type: 'code' },
    ],
  })
})

test('entities of the call: those Telegram finds itself are ignored, a bad link is refused', () => {
  const entities: MessageEntity[] = [
    { type: 'bold', offset: 0, length: 2 },
    { type: 'hashtag', offset: 0, length: 2 },
  ]
  expect(formatText({ text: 'abc', entities }, TEXT)).toEqual({
    status: 'formatted',
    text: 'abc',
    entities: [{ type: 'bold', offset: 0, length: 2 }],
  })
  const bad: MessageEntity[] = [{ type: 'text_link', offset: 0, length: 2, url: 'gopher://x' }]
  expect(formatText({ text: 'abc', entities: bad }, TEXT)).toEqual({
    status: 'refused',
    description: `entity URL 'gopher://x' is invalid: Unsupported URL protocol`,
  })
  const outside: MessageEntity[] = [{ type: 'bold', offset: 0, length: 9 }]
  expect(formatText({ text: 'abc', entities: outside }, TEXT)).toMatchObject({ status: 'refused' })
})

test('of more than a hundred entities the first hundred stay, links and code before bold', () => {
  const source = `${'<b>a</b> '.repeat(80)}${'<code>b</code> '.repeat(60)}`
  const result = formatHtml(source)
  if (result.status === 'refused') throw new Error(result.description)
  const count = (type: string): number => result.entities.filter((entity) => entity.type === type).length
  expect([count('code'), count('bold')]).toEqual([60, 40])
})

const anyEntity: fc.Arbitrary<MessageEntity> = fc
  .record({ offset: fc.integer({ min: -2, max: 30 }), length: fc.integer({ min: -2, max: 30 }) })
  .chain((place) =>
    fc
      .constantFrom<MessageEntity>(
        { type: 'bold', ...place },
        { type: 'italic', ...place },
        { type: 'spoiler', ...place },
        { type: 'code', ...place },
        { type: 'pre', language: 'x', ...place },
        { type: 'blockquote', ...place },
        { type: 'expandable_blockquote', ...place },
        { type: 'text_link', url: 'ex.com', ...place },
        { type: 'custom_emoji', custom_emoji_id: '7', ...place },
        { type: 'date_time', unix_time: 5, date_time_format: 't', ...place },
      )
      .map((entity) => entity),
  )
const anyText = fc
  .array(
    fc.constantFrom(
      'a',
      'b ',
      ' ',
      '\n',
      '\r',
      '😀',
      'é',
      '\u202A',
      'ex.com',
      ' @abcd',
      '#t',
      '\t',
      '\uD83D',
    ),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''))

test('whatever comes in, what goes out nests properly, lies inside the text, and stays as it is', () => {
  fc.assert(
    fc.property(anyText, fc.array(anyEntity, { maxLength: 6 }), (text, entities) => {
      const result = formatText({ text, entities }, TEXT)
      if (result.status === 'refused') return
      expect(result.text).toBe(result.text.trimEnd())
      for (const entity of result.entities) {
        expect(entity.length).toBeGreaterThan(0)
        expect(entityEnd(entity)).toBeLessThanOrEqual(result.text.length)
      }
      for (const left of result.entities) for (const right of result.entities) expectNesting(left, right)
      expect(formatText({ text: result.text, entities: result.entities }, TEXT)).toEqual(result)
    }),
    { numRuns: 2000 },
  )
})

function expectNesting(left: MessageEntity, right: MessageEntity): void {
  if (left === right || left.offset > right.offset) return
  const isApart = entityEnd(left) <= right.offset
  const isInside = entityEnd(right) <= entityEnd(left)
  const isAround = left.offset === right.offset
  expect(isApart || isInside || isAround).toBe(true)
  if (left.type === right.type && isSplittable(left)) expect(isApart).toBe(true)
}
