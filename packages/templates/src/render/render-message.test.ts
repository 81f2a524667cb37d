import type { TemplateContent } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkHtml } from '../markup/html-check.ts'
import { createRenderer } from './render-message.ts'

const render = createRenderer()

const READER = {
  kind: 'order.status_changed',
  locale: 'it-IT',
  timeZone: 'Europe/Rome',
  nowMs: Date.parse('2026-11-21T09:00:00Z'),
}

function renderText(text: string, data: Record<string, unknown> = {}) {
  return render({ text, buttons: [], silent: false }, { ...READER, data: { ...data, extra: data } })
}

function htmlOf(text: string, data: Record<string, unknown> = {}): string {
  const result = renderText(text, data)
  if (result.status === 'failed') throw new Error(result.detail)
  return result.content.html
}

function renderButtons(buttons: TemplateContent['buttons'], data: Record<string, unknown> = {}) {
  return render({ text: 'a', buttons, silent: false }, { ...READER, data: { ...data, extra: data } })
}

test('a text is filled with the data, in the reader’s language', () => {
  const data = {
    order: { number: '12', total: { amount: '1234.50', currency: 'EUR' } },
    contact: { name: { first: 'Anna' } },
  }
  expect(
    htmlOf(
      'Ciao {{ contact.name.first }}, ordine <b>{{ order.number }}</b>: {{ order.total | money }}',
      data,
    ),
  ).toBe('Ciao Anna, ordine <b>12</b>: 1.234,50\u00a0€')
})

test('the silence of the template is kept', () => {
  expect(render({ text: 'a', buttons: [], silent: true }, { ...READER, data: {} })).toMatchObject({
    content: { silent: true },
  })
})

test('a detail never repeats values of the event', () => {
  const data = { name: 'Anna', list: ['Anna'], when: 'Anna' }
  const texts = [
    '{{ extra.list }}',
    '{{ extra.when | date }}',
    '{{ extra.name | money }}',
    '{{ extra.nobody }}',
    '&{{ extra.name }};',
    '<{{ extra.name }}>',
  ]
  texts.push(
    '</{{ extra.name }}>',
    '<b {{ extra.name }}>a</b>',
    '<b></{{ extra.name }}>',
    '<a href="x:{{ extra.name }}">a</a>',
  )
  for (const text of texts) expect(JSON.stringify(renderText(text, data))).not.toMatch(/Anna/i)
  const secret = renderButtons([[{ text: 'a', url: 'ftp://x.example/{{ extra.name }}' }]], data)
  expect(JSON.stringify(secret)).not.toContain('Anna')
})

test('blank lines an absent part leaves are closed up', () => {
  expect(htmlOf('a\n\n{% if extra.b %}b{% endif %}\n\n{% if extra.c %}c{% endif %}\n\nd  \n', {})).toBe(
    'a\n\nd',
  )
})

test('markup that Telegram would refuse or drop fails, and says where', () => {
  for (const text of [
    '<b>a',
    '{% if note %}<b>{% endif %}a',
    '<div>a</div>',
    '<a href="https://shop.example/{{ extra.url }}">x</a>',
    'a < b',
    '<a>{{ extra.url }}</a>',
    '&nbsp;',
  ]) {
    expect(renderText(text, { url: 'x' })).toMatchObject({
      status: 'failed',
      reason: 'template_failed',
      detail: expect.stringMatching(/^Line 1, column \d+: /),
    })
  }
  expect(renderText('<a href="{{ extra.url }}">x</a>', { url: 'javascript:alert(1)' })).toMatchObject({
    reason: 'template_failed',
    detail: expect.stringContaining('does not begin with https://'),
  })
})

test('fields that events of the kind do not have fail, also where no data would reach them', () => {
  const text = '{% if note %}{{ order.nmber }}{% endif %}a'
  expect(renderText(text)).toMatchObject({ status: 'failed', detail: expect.stringContaining('order.nmber') })
  expect(renderButtons([[{ text: '{{ cart.total }}', url: 'https://shop.example' }]])).toMatchObject({
    status: 'failed',
    detail: expect.stringMatching(/^Button 1 of row 1: .*cart\.total/),
  })
  const content: TemplateContent = { text: '{{ order.number }}', buttons: [], silent: false }
  const data = { order: { number: '1' } }
  expect(render(content, { ...READER, data })).toMatchObject({ status: 'rendered' })
  expect(render(content, { ...READER, data, kind: 'cart.abandoned' })).toMatchObject({ status: 'failed' })
  expect(render(content, { ...READER, data, kind: 'constructor' })).toEqual({
    status: 'failed',
    reason: 'template_failed',
    detail: 'there is no event of this kind',
  })
})

test('a text longer than a message is rendered whole, and one that goes on for ever is not', () => {
  const l = Array.from({ length: 200 }, () => 'x')
  const looped = '{% for x in extra.l %}{{ extra.a }}{% endfor %}'
  expect(htmlOf(looped, { l, a: '<'.repeat(100) })).toBe('&lt;'.repeat(20_000))
  expect(renderText(looped, { l, a: '<'.repeat(4096) })).toMatchObject({
    reason: 'template_failed',
    detail: expect.stringMatching(/does more work|far more than a message can hold/),
  })
})

test.each(['{{ extra.a }}', '<b>{{ extra.a }}</b>', ' \n\u200b ', '<i>\u2800\u3164</i>', '&#8203;'])(
  '%j is an empty text',
  (text) => {
    expect(renderText(text, { a: '  ' })).toMatchObject({ status: 'failed', reason: 'empty_text' })
  },
)

test('a broken template keeps failing with the same detail, and a good one keeps working', () => {
  expect(renderText('{{ extra.x | safe }}')).toEqual(renderText('{{ extra.x | safe }}'))
  expect(renderText('{{ extra.x }}', { x: 1 })).toEqual(renderText('{{ extra.x }}', { x: 1 }))
})

test('the same template serves readers of different places', () => {
  const content: TemplateContent = {
    text: '{{ extra.at | time }} {{ extra.n | number }}',
    buttons: [],
    silent: false,
  }
  const data = { extra: { at: '2026-11-21T09:00:00Z', n: 1.5 } }
  const rome = render(content, { ...READER, data })
  const kyiv = render(content, { ...READER, data, locale: 'uk', timeZone: 'Europe/Kyiv' })
  const nowhere = render(content, { ...READER, data, locale: '??', timeZone: 'Mars/Olympus' })
  expect(rome).toMatchObject({ content: { html: '10:00 1,5' } })
  expect(kyiv).toMatchObject({ content: { html: '11:00 1,5' } })
  expect(nowhere).toMatchObject({ content: { html: expect.stringMatching(/^9:00\sAM 1\.5$/) } })
})

test('a button carries plain text on one line and the address as it is', () => {
  const data = { order: { number: 'A<1> & "2"\n\u202eX', url: 'https://shop.example/?a=1&b=2' } }
  expect(
    renderButtons([[{ text: ' Ordine {{ order.number }} ', url: ' {{ order.url }} ' }]], data),
  ).toMatchObject({
    content: { buttons: [[{ text: 'Ordine A<1> & "2" X', url: 'https://shop.example/?a=1&b=2' }]] },
  })
})

test('a long button text is cut to 64 visible characters', () => {
  const button = { text: '{{ extra.name }}', url: 'https://shop.example' }
  expect(renderButtons([[button]], { name: '😀'.repeat(65) })).toMatchObject({
    content: { buttons: [[{ text: `${'😀'.repeat(63)}…` }]] },
  })
  expect(renderButtons([[button]], { name: '😀'.repeat(64) })).toMatchObject({
    content: { buttons: [[{ text: '😀'.repeat(64) }]] },
  })
})

test('a button whose address comes out empty is left out, with its row when it was alone', () => {
  const optional = { text: '{{ delivery.carrier }}', url: '{{ delivery.tracking_url | default("") }}' }
  const other = { text: 'b', url: 'https://shop.example' }
  expect(renderButtons([[optional], [optional, other]])).toMatchObject({ content: { buttons: [[other]] } })
})

test.each([
  ['{{ order.url }}', 'order.url is missing'],
  ['javascript:alert(1)', 'does not begin with https://'],
  ['shop.example', 'does not begin with https://'],
  ['https://bank.example@evil.example', 'user name'],
  ['https://shop.example/a b', 'blank'],
  ['https://shop.example/{{ extra.line }}', 'blank'],
])('the button address %s fails the message and names the button', (url, detail) => {
  const good = { text: 'a', url: 'https://shop.example' }
  const result = renderButtons([[good], [good, { text: 'b', url }]], { line: 'a\nb' })
  expect(result).toMatchObject({
    status: 'failed',
    reason: 'template_failed',
    detail: expect.stringMatching(new RegExp(`^Button 2 of row 2: .*${detail}`)),
  })
})

test('a button without a visible text fails the message', () => {
  expect(
    renderButtons([[{ text: '{{ extra.name }}', url: 'https://shop.example' }]], { name: ' \u200b' }),
  ).toMatchObject({
    detail: 'Button 1 of row 1: its text is empty',
  })
})

test('a button that acts says so, with a text that obeys nothing', () => {
  const button = { text: 'Ritiro <b>{{ order.number }}</b>', action: 'confirm_pickup' }
  expect(renderButtons([[button]], { order: { number: '"1"\u202e' } })).toMatchObject({
    content: { buttons: [[{ text: 'Ritiro <b>"1"</b>', action: 'confirm_pickup' }]] },
  })
  expect(renderButtons([[{ ...button, text: '{{ extra.name }}' }]], { name: ' ' })).toMatchObject({
    detail: 'Button 1 of row 1: its text is empty',
  })
})

test('whatever is rendered is valid, visible and within the limits', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.constant(null),
    fc.constant(undefined),
  )
  const part = fc.constantFrom(
    'a ',
    '<b>',
    '</b>',
    '{{ extra.x }}',
    '{{ extra.y | default("<") }}',
    '&',
    '&lt;',
    '\n\n',
    '{% if extra.x %}',
    '{% endif %}',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), value, value, (parts, x, y) => {
      const result = renderText(parts.join(''), { x, y })
      if (result.status === 'failed') return
      const check = checkHtml(result.content.html)
      expect(check).toMatchObject({ status: 'valid', text: expect.stringMatching(/\S/) })
    }),
    { numRuns: 150 },
  )
})

test('all parts of a message together have one budget of work', () => {
  const text = '{% for a in extra.l %}{% for b in extra.l %}{% if b %}{% endif %}{% endfor %}{% endfor %}x'
  const buttons = Array.from({ length: 12 }, () => Array.from({ length: 8 }, () => ({ text, action: 'a' })))
  const l = Array.from({ length: 50 }, () => 1)
  expect(renderButtons([[{ text, action: 'a' }]], { l })).toMatchObject({ status: 'rendered' })
  expect(renderButtons(buttons, { l })).toMatchObject({
    status: 'failed',
    detail: expect.stringMatching(/^Button \d of row 1: this does more work/),
  })
})
