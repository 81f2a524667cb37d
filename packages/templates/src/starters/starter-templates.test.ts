import {
  EVENT_DATA_SCHEMAS,
  EVENT_KINDS,
  type EventKind,
  exampleAt,
  isEventKind,
  templateContentSchema,
} from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkHtml } from '../markup/html-check.ts'
import { createRenderer } from '../render/render-message.ts'
import type { StarterTemplate } from './starter-templates.ts'
import { starterTemplates } from './starter-templates.ts'

const render = createRenderer()
const nowMs = Date.parse('2026-11-21T09:00:00Z')
const LOCALES = ['it', 'en', 'uk'] as const
const ORDER_STATES = [
  '',
  'paid',
  'shipped',
  'out_for_delivery',
  'ready_for_pickup',
  'delivered',
  'cancelled',
  'refunded',
]

const ANNA = { name: { first: 'Anna', last: 'Verdi' }, locale: 'it' }
const SHOP = { name: 'Bottega', support_contact: '+390546123456' }

function kindOf(template: StarterTemplate): EventKind {
  if (!isEventKind(template.kind)) throw new Error(`there is no kind ${template.kind}`)
  return template.kind
}

/** The domain's example with the parts it leaves out, in the state the template is for. */
function fullData(template: StarterTemplate): Record<string, unknown> {
  const { data } = exampleAt(kindOf(template), nowMs)
  if (template.kind !== 'order.status_changed') return data
  return {
    ...data,
    order: { ...fieldsOf(data['order']), status: template.state || 'pending_payment' },
    delivery: { ...fieldsOf(data['delivery']), address: 'Via Roma 1, Faenza' },
    payment: { method: 'PayPal', url: 'https://pay.example/1' },
    refund: { amount: '136.70', currency: 'EUR' },
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function renderDefault(
  template: StarterTemplate,
  data: Record<string, unknown>,
  people: Record<string, unknown> = {},
) {
  const result = render(template.content, {
    data: { ...data, contact: ANNA, shop: SHOP, ...people },
    locale: template.locale,
    timeZone: 'Europe/Rome',
    nowMs,
  })
  if (result.status === 'failed')
    throw new Error(`${template.locale} ${template.kind} ${template.state}: ${result.detail}`)
  return result.content
}

test('every event kind has a text in every language, and the usual order states their own', () => {
  const expected = LOCALES.flatMap((locale) => [
    ...ORDER_STATES.map((state) => `${locale} order.status_changed ${state}`),
    ...EVENT_KINDS.filter((kind) => kind !== 'order.status_changed').map((kind) => `${locale} ${kind} `),
  ])
  const found = starterTemplates.map(({ kind, state, locale }) => `${locale} ${kind} ${state}`)
  expect(found.toSorted()).toEqual(expected.toSorted())
})

test('every default is a template as the database keeps them', () => {
  for (const { content } of starterTemplates) expect(templateContentSchema.parse(content)).toEqual(content)
})

test.each(starterTemplates)('$locale $kind $state tells the example, with its button', (template) => {
  const content = renderDefault(template, fullData(template))
  expect(checkHtml(content.html).status).toBe('valid')
  expect(content.buttons.flat().length).toBeGreaterThan(0)
  expect(content.html).not.toMatch(/ {2}|\n\n\n|undefined|\bnull\b|\{\{|%\}| [,.!?]/)
  expect(JSON.stringify(template.content)).not.toMatch(/\p{L}['ʼ]\p{L}/u)
  const [firstLine = ''] = content.html.split('\n')
  expect(firstLine.length).toBeLessThan(160)
})

test.each(starterTemplates)('$locale $kind $state needs none of the optional fields', (template) => {
  const kind = kindOf(template)
  const data = leaveOutWhatMay(kind, fullData(template))
  const content = renderDefault(template, data, { contact: {}, shop: { name: 'Bottega' } })
  expect(checkHtml(content.html).status).toBe('valid')
  expect(content.html).not.toMatch(/ {2}|\n\n\n| [,.!?]|: *$|: *\n/)
})

test('no event the domain accepts makes a default fail, whatever its texts hold', () => {
  const hostile = [
    '<b>&"',
    '\u202e\u200b<',
    '😀'.repeat(2048),
    'W'.repeat(4096),
    `e${'\u0301'.repeat(4000)}`,
    '👩‍'.repeat(1300),
    '"'.repeat(4096),
    'a\n'.repeat(2000),
    '{{ order }}',
  ]
  const change = fc.record({
    field: fc.nat(),
    value: fc.option(fc.constantFrom(...hostile), { nil: undefined }),
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...starterTemplates),
      fc.array(change, { maxLength: 12 }),
      (template, changes) => {
        const kind = kindOf(template)
        let data = fullData(template)
        for (const { field, value } of changes) {
          const paths = pathsOf(data)
          const changed = withChange(data, paths[field % paths.length] ?? [], value)
          if (EVENT_DATA_SCHEMAS[kind].safeParse(changed).success) data = changed
        }
        const content = renderDefault(template, data, {
          contact: fieldsOf(data['customer'] ?? data['recipient'] ?? {}),
        })
        expect(checkHtml(content.html).status).toBe('valid')
      },
    ),
    { numRuns: 400 },
  )
})

test('all texts of an event hostile at once still make one message', () => {
  for (const value of ['W'.repeat(4096), '😀'.repeat(2048), `e${'\u0301'.repeat(4000)}`, '"'.repeat(4096)]) {
    for (const template of starterTemplates) {
      let data = fullData(template)
      for (const path of pathsOf(data)) {
        const changed = withChange(data, path, value)
        if (EVENT_DATA_SCHEMAS[kindOf(template)].safeParse(changed).success) data = changed
      }
      const people = {
        contact: { name: { first: value, last: value } },
        shop: { name: value, support_contact: value },
      }
      expect(checkHtml(renderDefault(template, data, people).html).status).toBe('valid')
    }
  }
})

test('an unknown order state is shown as the shop calls it', () => {
  for (const template of starterTemplates.filter(
    ({ kind, state }) => kind === 'order.status_changed' && state === '',
  )) {
    const data = withChange(fullData(template), ['order', 'status'], 'SOSPESO')
    expect(renderDefault(template, data).html).toContain('SOSPESO')
  }
})

test('only an order that waits for payment offers to pay', () => {
  for (const template of starterTemplates.filter(
    ({ kind, state }) => kind === 'order.status_changed' && state === '',
  )) {
    const urls = (data: Record<string, unknown>) =>
      renderDefault(template, data)
        .buttons.flat()
        .map((button) => ('url' in button ? button.url : undefined))
    const data = fullData(template)
    expect(urls(data)).toContain('https://pay.example/1')
    expect(urls(withChange(data, ['order', 'status'], 'processing'))).not.toContain('https://pay.example/1')
  }
})

type Path = readonly string[]

/** The paths of all fields, the outer ones first. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, field]) => [
    [...path, name],
    ...pathsOf(field, [...path, name]),
  ])
}

/** A copy in which the field has this value, or is gone when the value is undefined. */
function withChange(data: Record<string, unknown>, path: Path, value: unknown): Record<string, unknown> {
  const copy = structuredClone(data)
  const last = path.at(-1)
  let target: unknown = copy
  for (const name of path.slice(0, -1)) target = fieldsHolder(target, name)
  if (last === undefined || typeof target !== 'object' || target === null) return copy
  if (value !== undefined) Reflect.set(target, last, value)
  else if (Array.isArray(target)) target.splice(Number(last), 1)
  else Reflect.deleteProperty(target, last)
  return copy
}

function fieldsHolder(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Takes away every field the schema can do without. */
function leaveOutWhatMay(kind: EventKind, full: Record<string, unknown>): Record<string, unknown> {
  let data = full
  for (const path of pathsOf(full).toReversed()) {
    const without = withChange(data, path, undefined)
    if (EVENT_DATA_SCHEMAS[kind].safeParse(without).success) data = without
  }
  return data
}
