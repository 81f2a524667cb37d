import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTemplate } from '../language/read-template.ts'
import { createRegions } from '../locale/region.ts'
import { runTemplate } from './run-template.ts'

const regionOf = createRegions()
const NOW_MS = Date.parse('2026-11-21T09:00:00Z')

function print(source: string, data: Record<string, unknown> = {}, kind: 'html' | 'plain' = 'html'): string {
  const context = { data, region: regionOf('it-IT', 'Europe/Rome'), nowMs: NOW_MS }
  return runTemplate(readTemplate(source), context, kind)
}

test('a text is filled with the data, in the reader’s language', () => {
  const data = { order: { number: '12', total: { amount: '1234.50', currency: 'EUR' } } }
  expect(print('Ordine <b>{{ order.number }}</b>: {{ order.total | money }}', data)).toBe(
    'Ordine <b>12</b>: 1.234,50\u00a0€',
  )
})

test.each([
  ['<b>&"', '&lt;b&gt;&amp;&quot;'],
  ['</b><a href="https://evil.example">', '&lt;/b&gt;&lt;a href=&quot;https://evil.example&quot;&gt;'],
  ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ['{{ order }}{% if x %}', '{{ order }}{% if x %}'],
  ['Ma\u200brio\u0000\u202e', 'Mario'],
  ['a\ud83d', 'a\ufffd'],
])('the value %j is shown, never obeyed', (value, shown) => {
  expect(print('<b>{{ name }}</b>', { name: value })).toBe(`<b>${shown}</b>`)
  expect(print('{{ name | trim | default("x") }}', { name: value })).toBe(shown)
  expect(print('{{ names | join("") }}', { names: [value] })).toBe(shown)
  expect(print('{{ names | join("", "a") }}', { names: [{ a: value }] })).toBe(shown)
  expect(print('{% for name in names %}{{ name }}{% endfor %}', { names: [value] })).toBe(shown)
  expect(print('{{ names | first }}{{ "" if a else b }}', { names: [value], b: '' })).toBe(shown)
})

test('what a template writes out in quotes is escaped, too', () => {
  expect(print('{{ "<b>" }}{{ x | default("<i>") }}')).toBe('&lt;b&gt;&lt;i&gt;')
})

test('where no markup goes, values stand as they are', () => {
  expect(print('{{ name }}{{ "<b>" }}', { name: '<&"' }, 'plain')).toBe('<&"<b>')
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
      const html = print(`x{{ value | ${filter} | default("") }}`, { value })
      expect(html).not.toMatch(/[<>"\u202e]|&(?!(?:lt|gt|amp|quot);)|[^\P{Cc}\n]/u)
      expect(html.isWellFormed()).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test.each([
  ['{{ order.number }}', 'order.number is missing'],
  ['{{ order.delivery.carrier | upper }}', 'order.delivery.carrier is missing'],
  ['{{ order.empty | truncate(5) }}', 'order.empty is missing'],
  ['{{ order.items[5].name }}', 'order.items[5].name is missing'],
  ['{{ order.name.length }}', 'order.name.length is missing'],
  ['{{ order.items.length }}', 'order.items.length is missing'],
  ['{{ nobody }}', 'nobody is missing'],
  ['{{ none }}', 'this value is missing'],
  ['{{ a or b }}', 'a or b is missing'],
  ['{{ order.nothing if order.items else order.other }}', 'order.nothing or order.other is missing'],
  ['{% for item in order.items %}{{ item.price }}{% endfor %}', 'item.price is missing'],
  ['{{ order.items | first }}', 'order.items holds several fields'],
  ['{{ order }}', 'order holds several fields'],
  ['{{ order.items }}', 'order.items holds several fields'],
  ['{{ order.items | money }}', 'filter money takes an amount'],
  ['{% for item in order.name %}{% endfor %}', 'a loop runs over a list'],
  ['{% if order.items < 5 %}{% endif %}', 'order.items holds several fields or entries: compare one of them'],
  ['{% if 5 == order %}{% endif %}', 'order holds several fields or entries: compare one of them'],
  ['{{ nobody | link("x") }}', 'nobody is missing'],
  ['{{ order | link("x") }}', 'order holds several fields'],
  ['{{ order.name | link("x") }}', 'order.name cannot be linked: the address does not begin with https://'],
])('%s fails and says why: %s', (source, sentence) => {
  const data = { order: { name: 'x', empty: null, items: [{ name: 'a', valueOf: 1, toString: 1 }] } }
  expect(() => print(`a\n ${source}`, data)).toThrow(sentence)
  expect(() => print(`a\n ${source}`, data)).toThrow(/^Line 2, column \d+: /)
})

test('a missing field may be asked for, given a substitute, and looped over', () => {
  expect(print('a{% if order.note %}b{% endif %}{{ order.note | default("c") }}')).toBe('ac')
  expect(print('a{% for item in order.items %}b{% else %}c{% endfor %}')).toBe('ac')
  expect(print('{{ order.total | money | default("gratis") }}')).toBe('gratis')
  expect(print('{{ "a" if order.note is defined else "b" }}{{ "a" if order.note is not defined }}')).toBe(
    'ba',
  )
  expect(print('{{ "a" if x is undefined }}', { x: null })).toBe('a')
})

test.each([
  ['a', true],
  ['0', true],
  ['', false],
  [' \n', false],
  ['\u200b\u202e', false],
  [1, true],
  [0, false],
  [true, true],
  [false, false],
  [null, false],
  [[], false],
  [[0], true],
  [{}, true],
  [Number.NaN, false],
  [() => true, false],
  [new Date(), false],
])('%j counts as %s', (value, counts) => {
  expect(print('{% if x %}true{% else %}false{% endif %}{{ "" if not x else "." }}', { x: value })).toBe(
    counts ? 'true.' : 'false',
  )
})

test.each([
  ['a == "x"', true],
  ['a != "x"', false],
  ['amount == 49.9', true],
  ['amount > 9', true],
  ['amount > "9.00"', true],
  ['amount < other', false],
  ['amount >= 49.9 and amount <= 49.9', true],
  ['number == "7"', false],
  ['number == 7', true],
  ['a < "y" and "y" > a', true],
  ['a < 5 or a >= 5 or a == 5', false],
  ['yes == true', true],
  ['yes == 1 or yes == "true"', false],
  ['early < late and late > early', true],
  ['early == same and not (early < same) and early <= same', true],
  ['nothing == none and nothing == missing', true],
  ['nothing == 0 or nothing == "" or nothing == false', false],
  ['nothing < 1 or nothing <= 1 or nothing > 1 or nothing >= 1 or nothing <= nothing', false],
  ['list == none or group == missing', false],
  ['list != none', true],
])('%s is %s', (condition, outcome) => {
  const data = {
    a: 'x',
    amount: '49.90',
    other: '5.00',
    number: '007',
    yes: true,
    early: '2026-11-21T10:30:00+02:00',
    same: '2026-11-21T08:30:00Z',
    late: '2026-11-21T09:00:00Z',
    nothing: null,
    list: [1],
    group: { valueOf: 1, toString: 1 },
  }
  expect(print(`{% if ${condition} %}true{% else %}false{% endif %}`, data)).toBe(String(outcome))
})

test('and, or and a choice give one of their values', () => {
  expect(print('{{ a or "x" }}{{ b and "y" }}{{ "z" if a }}{{ "w" if b }}', { a: '', b: 'b' })).toBe('xyw')
})

test('a loop knows where it is, and the one around it', () => {
  expect(
    print(
      '{% for a in rows %}{% for b in a.cells %}{{ a.name }}{{ b }}{{ loop.index }}/{{ loop.length }}{% if not loop.last %}, {% endif %}{% endfor %}{{ "" if loop.last else ";" }}{% endfor %}',
      {
        rows: [
          { name: 'x', cells: [1, 2] },
          { name: 'y', cells: [3] },
        ],
      },
    ),
  ).toBe('x11/2, x22/2;y31/1')
  expect(
    print(
      '{% for a in l %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }} {% endfor %}',
      {
        l: [1, 2],
      },
    ),
  ).toBe('021true 110false ')
})

test('an entry hides a field of its name, in its loop alone', () => {
  const data = { a: 'field', l: ['entry', null] }
  expect(print('{% for a in l %}{{ a | default("none") }} {% endfor %}{{ a }}', data)).toBe(
    'entry none field',
  )
  expect(() => print('{% for b in l %}{% endfor %}{{ b }}', data)).toThrow('b is missing')
})

test('blanks are taken away where the tags say so, comments are left out and raw text stays', () => {
  expect(print('a {{- x -}} \n b {%- if x %} c {%- endif -%} d {# {{ e }} #}f{#- g -#} h', { x: 1 })).toBe(
    'a1b cd fh',
  )
  expect(print('{% raw %}{{ a }} {% if %}{% endraw %}')).toBe('{{ a }} {% if %}')
})

test('a link is markup in a text and an address elsewhere, and nothing without one', () => {
  const data = { url: ' https://shop.example/?a=1&b="2" ', empty: ' ' }
  expect(print('{{ url | link("Ordine <1> & \u202e2") }}', data)).toBe(
    '<a href="https://shop.example/?a=1&amp;b=&quot;2&quot;">Ordine &lt;1&gt; &amp; 2</a>',
  )
  expect(print('{{ url | link("x") }}', data, 'plain')).toBe('https://shop.example/?a=1&b="2"')
  expect(print('{{ empty | link("x") }}{{ missing | default("") | link("x") }}', data)).toBe('')
  for (const url of [
    'javascript:alert(1)',
    'https://a@b.example',
    'https://a.example/ b',
    '//a.example',
    'tg://x',
  ])
    expect(() => print('{{ url | link("x") }}', { url })).toThrow('url cannot be linked')
})

test('only what JSON holds is seen of the data, and nothing that is inherited', () => {
  const data = Object.assign(Object.create({ inherited: 'x' }), {
    map: new Map([['a', 1]]),
    date: new Date(0),
    call: () => 'x',
    big: 1n,
    infinite: Number.POSITIVE_INFINITY,
    nested: Object.assign(Object.create({ inherited: 'x' }), { a: 1 }),
    holes: Array.from({ length: 2 }),
  })
  for (const path of [
    'inherited',
    'map',
    'date',
    'call',
    'big',
    'infinite',
    'nested',
    'holes[0]',
    'holes[2]',
  ])
    expect(() => print(`{{ ${path} }}`, data)).toThrow('is missing')
})

test('long texts and lists are cut, on a whole character', () => {
  const data = { text: `${'a'.repeat(4095)}😀b`, list: Array.from({ length: 300 }, (_, index) => index) }
  expect(print('{{ text }}', data)).toBe('a'.repeat(4095))
  expect(
    print('{{ list | length }}{% for x in list %}{% if loop.last %} {{ x }}{% endif %}{% endfor %}', data),
  ).toBe('200 199')
})

test('the data is read, never changed', () => {
  const data = deepFreeze({ list: [3, 1, 2], group: { a: ['x'] }, name: 'n\u0000' })
  expect(
    print(
      '{{ list | join }}{{ list | first }}{% for x in group.a %}{{ x | upper }}{% endfor %}{{ name }}',
      data,
    ),
  ).toBe('3, 1, 23Xn')
})

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const field of Object.values(value)) deepFreeze(field)
  return Object.freeze(value)
}
