import type { TemplateContent } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkHtml } from '../markup/html-check.ts'
import { createRenderer } from './render-message.ts'

const render = createRenderer()

const READER = { locale: 'it-IT', timeZone: 'Europe/Rome', nowMs: Date.parse('2026-11-21T09:00:00Z') }

function renderText(text: string, data: Record<string, unknown> = {}) {
  return render({ text, buttons: [], silent: false }, { ...READER, data })
}

function htmlOf(text: string, data: Record<string, unknown> = {}): string {
  const result = renderText(text, data)
  if (result.status === 'failed') throw new Error(result.detail)
  return result.content.html
}

function renderButtons(buttons: TemplateContent['buttons'], data: Record<string, unknown> = {}) {
  return render({ text: 'a', buttons, silent: false }, { ...READER, data })
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

test.each([
  ['<b>&"', '&lt;b&gt;&amp;&quot;'],
  ['</b><a href="https://evil.example">', '&lt;/b&gt;&lt;a href=&quot;https://evil.example&quot;&gt;'],
  ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ['{{ order }}{% if x %}', '{{ order }}{% if x %}'],
  ['Ma\u200brio\u0000\u202e', 'Mario'],
  ['a\ud83d', 'a\ufffd'],
])('the value %j is shown, never obeyed', (value, shown) => {
  expect(htmlOf('<b>{{ name }}</b>', { name: value })).toBe(`<b>${shown}</b>`)
  expect(htmlOf('{{ name | trim | default("x") }}', { name: value })).toBe(shown)
  expect(htmlOf('{{ names | join("") }}', { names: [value] })).toBe(shown)
  expect(htmlOf('{% for name in names %}{{ name }}{% endfor %}', { names: [value] })).toBe(shown)
})

test('what a template writes out in quotes is escaped too', () => {
  expect(htmlOf('{{ "<b>" }}{{ x | default("<i>") }}')).toBe('&lt;b&gt;&lt;i&gt;')
})

test.each([
  'upper',
  'lower',
  'capitalize',
  'trim',
  'truncate(500)',
  'default("x")',
  'first',
  'last',
  'phone',
  'order_status',
])('no hostile value gets through the filter %s unescaped', (filter) => {
  const unit = fc.constantFrom(
    '<',
    '>',
    '&',
    '"',
    "'",
    'b',
    '/',
    ' ',
    '\u202e',
    '\u0000',
    '\ud83d',
    '😀',
    'lt;',
  )
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (value) => {
      const result = renderText(`x{{ value | ${filter} | default("") }}`, { value })
      if (result.status !== 'rendered') throw new Error(result.detail)
      expect(result.content.html).not.toMatch(/[<>"\u202e]|&(?!(?:lt|gt|amp|quot);)|[^\P{Cc}\n]/u)
      expect(result.content.html.isWellFormed()).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test.each([
  ['{{ order.number }}', 'order.number is missing'],
  ['{{ order.delivery.carrier | upper }}', 'order.delivery.carrier is missing'],
  ['{{ order.nothing }}', 'order.nothing is missing'],
  ['{{ order.empty | truncate(5) }}', 'order.empty is missing'],
  ['{{ order.items[5].name }}', 'order.items[5].name is missing'],
  ['{{ nobody }}', 'nobody is missing'],
  ['{{ a or b }}', 'a or b is missing'],
  ['{{ order.nothing if order.items else order.other }}', 'order.nothing or order.other is missing'],
  ['{% for item in order.items %}{{ item.price }}{% endfor %}', 'item.price is missing'],
  ['{{ order.items | first }}', 'order.items holds several fields'],
  ['{{ order }}', 'order holds several fields'],
  ['{{ order.items }}', 'order.items holds several fields'],
  ['{{ order.items | money }}', 'filter money takes an amount'],
  ['{% for item in order.name %}{% endfor %}', 'a loop runs over a list'],
  ['{{ order.items < 5 }}', 'cannot be worked out'],
])('%s fails and says why: %s', (text, detail) => {
  const data = { order: { name: 'x', empty: null, items: [{ name: 'a', valueOf: 1, toString: 1 }] } }
  const hostile = text.includes('<') ? { order: { items: { valueOf: 1, toString: 1 } } } : data
  expect(renderText(text, hostile)).toEqual({
    status: 'failed',
    reason: 'template_failed',
    detail: expect.stringContaining(detail),
  })
})

test('a missing field may be asked for, given a substitute, and looped over', () => {
  expect(htmlOf('a{% if order.note %}b{% endif %}{{ order.note | default("c") }}')).toBe('ac')
  expect(htmlOf('a{% for item in order.items %}b{% else %}c{% endfor %}')).toBe('ac')
  expect(htmlOf('{{ order.total | money | default("gratis") }}')).toBe('gratis')
  expect(htmlOf('{% if name %}a{% else %}b{% endif %}', { name: '\u200b\u202e' })).toBe('b')
})

test('a detail never repeats values of the event', () => {
  const data = { name: 'Anna', list: ['Anna'], when: 'Anna' }
  const texts = [
    '{{ list }}',
    '{{ when | date }}',
    '{{ name | money }}',
    '{{ nobody }}',
    '&{{ name }};',
    '<{{ name }}>',
  ]
  texts.push('</{{ name }}>', '<b {{ name }}>a</b>', '<b></{{ name }}>', '<a href="x:{{ name }}">a</a>')
  for (const text of texts) expect(JSON.stringify(renderText(text, data))).not.toMatch(/Anna/i)
  const secret = renderButtons([[{ text: 'a', url: 'ftp://x.example/{{ name }}' }]], data)
  expect(JSON.stringify(secret)).not.toContain('Anna')
})

test('blank lines an absent part leaves are closed up', () => {
  expect(htmlOf('a\n\n{% if b %}b{% endif %}\n\n{% if c %}c{% endif %}\n\nd  \n', {})).toBe('a\n\nd')
})

test('markup that Telegram would refuse or drop fails before it is sent', () => {
  for (const text of [
    '<b>a',
    '<div>a</div>',
    '<a href="{{ url }}">x</a>',
    'a < b',
    '<a>{{ url }}</a>',
    '&nbsp;',
  ]) {
    expect(renderText(text, { url: 'javascript:alert(1)' })).toMatchObject({
      status: 'failed',
      reason: 'template_failed',
      detail: expect.stringContaining('does not suit Telegram'),
    })
  }
})

test('a value inside an address cannot leave it', () => {
  expect(htmlOf('<a href="https://shop.example/?q={{ q }}">x</a>', { q: '"><b>&' })).toBe(
    '<a href="https://shop.example/?q=&quot;&gt;&lt;b&gt;&amp;">x</a>',
  )
})

test('a text has at most 4096 UTF-16 units as people see it', () => {
  expect(renderText('<b>{{ a }}</b>&lt;', { a: '<'.repeat(4095) }).status).toBe('rendered')
  expect(renderText('<b>{{ a }}</b>&lt;', { a: '<'.repeat(4096) })).toMatchObject({ reason: 'too_long' })
  expect(renderText('{{ a }}', { a: '😀'.repeat(2048) }).status).toBe('rendered')
  expect(renderText('{{ a }}', { a: '😀'.repeat(2049) })).toMatchObject({ reason: 'too_long' })
  const tags = '<tg-spoiler>a</tg-spoiler>'.repeat(500)
  expect(renderText(`${tags}{{ a }}`, { a: '&quot;'.repeat(500) }).status).toBe('rendered')
  expect(renderText(`${tags}{{ a }}`, { a: '"'.repeat(3500) })).toMatchObject({ reason: 'too_long' })
})

test.each(['{{ a }}', '<b>{{ a }}</b>', ' \n\u200b ', '<i>\u2800\u3164</i>', '&#8203;'])(
  '%j is an empty text',
  (text) => {
    expect(renderText(text, { a: '  ' })).toMatchObject({ status: 'failed', reason: 'empty_text' })
  },
)

test('loops over hostile data end', () => {
  const items = Array.from({ length: 3000 }, () => 'x'.repeat(1000))
  const looped = '{% for a in items %}{% for b in items %}{% endfor %}{% endfor %}x'
  expect(renderText(looped, { items })).toMatchObject({
    detail: expect.stringContaining('more than 4096 times'),
  })
  expect(renderText('{% for a in items %}{{ a }}{% endfor %}', { items })).toMatchObject({
    detail: expect.stringContaining('far more than a message can hold'),
  })
  expect(renderText('{% for a in items %}a{% endfor %}', { items: { length: 1e9 } })).toMatchObject({
    detail: expect.stringContaining('a loop runs over a list'),
  })
})

test('a broken template keeps failing with the same detail, and a good one keeps working', () => {
  expect(renderText('{{ x | safe }}')).toEqual(renderText('{{ x | safe }}'))
  expect(renderText('{{ x }}', { x: 1 })).toEqual(renderText('{{ x }}', { x: 1 }))
})

test('the same template serves readers of different places', () => {
  const content: TemplateContent = { text: '{{ at | time }} {{ n | number }}', buttons: [], silent: false }
  const data = { at: '2026-11-21T09:00:00Z', n: 1.5 }
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
  const button = { text: '{{ name }}', url: 'https://shop.example' }
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
  ['https://shop.example/{{ line }}', 'blank'],
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
    renderButtons([[{ text: '{{ name }}', url: 'https://shop.example' }]], { name: ' \u200b' }),
  ).toMatchObject({
    detail: 'Button 1 of row 1: its text is empty',
  })
})

test('a button that acts says so, with a text that obeys nothing', () => {
  const button = { text: 'Ritiro <b>{{ order.number }}</b>', action: 'confirm_pickup' }
  expect(renderButtons([[button]], { order: { number: '"1"\u202e' } })).toMatchObject({
    content: { buttons: [[{ text: 'Ritiro <b>"1"</b>', action: 'confirm_pickup' }]] },
  })
  expect(renderButtons([[{ ...button, text: '{{ name }}' }]], { name: ' ' })).toMatchObject({
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
    '{{ x }}',
    '{{ y | default("<") }}',
    '&',
    '&lt;',
    '\n\n',
    '{% if x %}',
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
