import { EVENT_KINDS, fieldsOf, type EventKind, type Field } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRenderer } from '../render/render-message.ts'
import { checkTemplate } from './check-template.ts'
import { groupOf, samplesOf, type Sample } from './rehearsal/samples.ts'
import { createCatalogue } from './fields/catalogue.ts'

const render = createRenderer()

const FILTERS = [
  'money',
  'date',
  'time',
  'relative_day',
  'number',
  'file_size',
  'plural("a", "b")',
  'upper',
  'trim',
  'truncate(20)',
  'default("x")',
  'default("")',
  'length',
  'first',
  'list',
  'list("name")',
  'join(", ", "qty")',
  // With brackets they do not take.
  'date("d/m")',
  'truncate("x")',
  'plural("a", 2)',
  'list(2)',
]

/** Templates as people might write them, most of them wrong. */
function sources(kind: EventKind): fc.Arbitrary<string> {
  const fields = fieldsOf(kind)
  const paths = [
    ...fields.map(({ path }) => path),
    ...fields.flatMap(({ path, entries = [] }) => entries.map((entry) => `${path}[0].${entry.path}`)),
    'item.name',
    'item.qty',
    'item.price',
    'item.url',
    'extra.gift',
    'loop.index',
  ]
  const lists = fields.filter(({ type }) => type === 'list').map(({ path }) => path)
  const path = fc.constantFrom(...paths)
  const filters = fc.array(fc.constantFrom(...FILTERS), { maxLength: 2 })
  const value = fc.tuple(path, filters).map(([name, chain]) => [name, ...chain].join(' | '))
  const { block } = fc.letrec<{ condition: string; printed: string; block: string }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2 },
      value.map((one) => `(${one})`),
      path.map((one) => `${one} is defined`),
      fc.tuple(path, fc.constantFrom('==', '!=', '>', '<')).map(([one, is]) => `${one} ${is} "paid"`),
      fc.tuple(path, path).map(([one, other]) => `${one} == ${other}`),
      tie('condition').map((one) => `not (${one})`),
      fc.tuple(tie('condition'), tie('condition')).map(([one, other]) => `(${one} and ${other})`),
      fc.tuple(tie('condition'), tie('condition')).map(([one, other]) => `(${one} or ${other})`),
    ),
    printed: fc.oneof(
      value.map((one) => `{{ ${one} }}`),
      fc.tuple(value, value).map(([one, other]) => `{{ ${one} or ${other} }}`),
      fc.tuple(value, tie('condition'), value).map(([a, when, b]) => `{{ ${a} if ${when} else ${b} }}`),
      path.map((one) => `{% if ${one} %}{{ ${one} }}{% endif %}`),
    ),
    block: fc.oneof(
      { maxDepth: 3 },
      fc.constant('x'),
      tie('printed'),
      fc
        .tuple(tie('condition'), tie('block'), tie('block'))
        .map(([when, one, other]) => `{% if ${when} %}${one}{% else %}${other}{% endif %}`),
      fc
        .tuple(fc.constantFrom(...lists, 'extra.lines'), tie('block'))
        .map(([list, body]) => `{% for item in ${list} %}${body}{% endfor %}`),
      fc.tuple(tie('block'), tie('block')).map((two) => two.join('')),
    ),
  }))
  return block.map((one) => `x ${one}`)
}

/** Buttons that lead somewhere, most of them with something wrong. */
function buttons(kind: EventKind): fc.Arbitrary<{ text: string; url: string }> {
  const paths = fieldsOf(kind).flatMap(({ path, type }) => (type === 'link' || type === 'text' ? [path] : []))
  const path = fc.constantFrom(...paths)
  const print = fc.oneof(
    path.map((one) => `{{ ${one} }}`),
    path.map((one) => `{{ ${one} | default("") }}`),
    path.map((one) => `{% if ${one} %}{{ ${one} }}{% endif %}`),
    fc.tuple(path, path).map(([one, other]) => `{{ ${one} or ${other} }}`),
  )
  return fc.record({
    text: fc.oneof(
      fc.constant('Apri'),
      print.map((one) => `Apri ${one}`),
      print,
    ),
    url: fc.oneof(
      fc.constant('https://shop.example/'),
      print,
      print.map((one) => `https://shop.example/${one}`),
    ),
  })
}

const COINS = fc.infiniteStream(fc.boolean())

/** An event with any of its optional fields missing, and any of the values of the samples. */
function eventOf(
  samples: readonly Sample[],
  fields: readonly Field[],
  coins: () => boolean,
): Record<string, unknown> {
  const values = samples.filter(({ name }) => name !== 'bare' && name !== 'empty')
  const pick = () => values[Number(coins()) + Number(coins())] ?? values[0]
  const sample = pick()
  return groupOf(fields, {
    isThere: ({ presence }) => presence !== 'optional' || coins(),
    value: (field) => memberAt(sample?.data, field.path) ?? field.example,
    entries: coins() ? 2 : Number(coins()),
  })
}

function memberAt(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
      data,
    )
}

test('[U18] a template without an error can be rendered with every event', () => {
  let accepted = 0
  const cases = fc
    .constantFrom(...EVENT_KINDS)
    .chain((kind) =>
      fc.record({ kind: fc.constant(kind), text: sources(kind), button: buttons(kind), coins: COINS }),
    )
  fc.assert(
    fc.property(cases, ({ kind, text, button, coins }) => {
      const content = { text, preview: text.slice(0, 500), buttons: [[button]], silent: false }
      const findings = checkTemplate({ kind, state: '', locale: 'it', content })
      if (findings.some(({ severity, code }) => severity === 'error' || UNSURE.has(code))) return
      accepted += 1
      const samples = samplesOf(createCatalogue(kind), '')
      const toss = () => coins.next().value === true
      for (let tries = 0; tries < 6; tries += 1) {
        const data = eventOf(samples, fieldsOf(kind), toss)
        const context = { kind, data, locale: 'it-IT', timeZone: 'Europe/Rome', nowMs: 0 }
        expect(render(content, context)).toMatchObject({ status: 'rendered' })
      }
    }),
    { numRuns: 500 },
  )
  expect(accepted).toBeGreaterThan(10)
})

/** Warnings of what only a value can tell. */
const UNSURE: ReadonlySet<string> = new Set(['filter_may_fail', 'text_in_address', 'incomplete_address'])
