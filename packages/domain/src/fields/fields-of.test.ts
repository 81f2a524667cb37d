import { expect, test } from 'vitest'
import { EXAMPLES } from '../examples/examples.ts'
import { EXAMPLE_READERS } from '../examples/readers.ts'
import { changedExample } from '../event/changed-example.ts'
import { parseEvent } from '../event/parse-event.ts'
import { stateOf } from '../event/event-facts.ts'
import { recipientsOf } from '../event/recipients-of.ts'
import { EVENT_KINDS, type EventKind } from '../kind.ts'
import { FIELD_LOCALES, FIELD_TYPES, type Field } from './field.ts'
import { fieldsOf, hiddenFieldsOf } from './fields-of.ts'
import { filtersFor } from './filters-for.ts'
import { ITALIAN_SENTENCES } from './sentences/italian.ts'
import { UKRAINIAN_SENTENCES } from './sentences/ukrainian.ts'
import { stateFieldOf } from './state-field.ts'

const NOW_MS = Date.parse('2026-11-21T09:00:00Z')

const ALL = EVENT_KINDS.flatMap((kind) => fieldsOf(kind)).flatMap((field) => [
  field,
  ...(field.entries ?? []),
])

function find(kind: EventKind, path: string): Field | undefined {
  return fieldsOf(kind).find((field) => field.path === path)
}

test.each([
  ['order.number', 'text', 'always'],
  ['order.total', 'money', 'always'],
  ['order.placed_at', 'time', 'always'],
  ['order.url', 'link', 'optional'],
  ['order.status', 'state', 'always'],
  ['order.items', 'list', 'always'],
  ['delivery', 'group', 'optional'],
  ['payment.method', 'text', 'with_group'],
  ['payment.url', 'link', 'optional'],
  ['customer.name', 'group', 'optional'],
  ['customer.name.first', 'text', 'with_group'],
  ['customer.name.last', 'text', 'optional'],
  ['extra', 'anything', 'optional'],
  ['contact.name', 'group', 'always'],
  ['contact.name.first', 'text', 'optional'],
  ['shop.name', 'text', 'always'],
  ['shop.support_contact', 'text', 'optional'],
])('an order gives %s: a %s, %s', (path, type, presence) => {
  expect(find('order.status_changed', path)).toMatchObject({ type, presence })
})

test('a list says what its entries have', () => {
  const entries = find('cart.abandoned', 'cart.items')?.entries ?? []
  expect(entries.map(({ path, type, presence }) => [path, type, presence])).toEqual([
    ['name', 'text', 'always'],
    ['qty', 'number', 'always'],
    ['price', 'money', 'optional'],
    ['image_url', 'link', 'optional'],
    ['url', 'link', 'optional'],
  ])
})

test('a closed list of states is told from an open one', () => {
  expect(find('file.accessed', 'action')?.states).toEqual({
    known: ['downloaded', 'previewed'],
    isOpen: false,
  })
  expect(find('order.status_changed', 'order.status')?.states).toMatchObject({ isOpen: true })
})

test('templates read nobody’s id, e-mail address or phone number, and not who else is told', () => {
  const paths = ALL.map(({ path }) => path)
  expect(paths.filter((path) => /external_id|email|phone|admins|^to$/.test(path))).toEqual([])
  expect(hiddenFieldsOf('file.uploaded')).toEqual(
    expect.arrayContaining([
      { path: 'to', reason: 'personal' },
      { path: 'folder.admins', reason: 'personal' },
      { path: 'actor.email', reason: 'personal' },
    ]),
  )
  expect(hiddenFieldsOf('order.status_changed')).toContainEqual({
    path: 'order.sequence',
    reason: 'technical',
  })
})

test.each(EVENT_KINDS)('what the example of %s carries is either offered or hidden', (kind) => {
  const known = new Set([...fieldsOf(kind), ...hiddenFieldsOf(kind)].map(({ path }) => path))
  const unknown = Object.entries(EXAMPLES[kind].data).flatMap(([name, part]) =>
    [name, ...namesIn(part).map((below) => `${name}.${below}`)].filter(
      (path) => !known.has(path) && !path.startsWith('extra.'),
    ),
  )
  expect(unknown).toEqual([])
})

test.each(EVENT_KINDS)('the reader of the example of %s is who is told about it', (kind) => {
  const parsed = parseEvent(EXAMPLES[kind], { nowMs: NOW_MS })
  const told = parsed.status === 'valid' ? recipientsOf(parsed.event).map(({ person }) => person) : []
  expect(told).toEqual([EXAMPLE_READERS[kind]])
})

test.each(EVENT_KINDS)('the state field of %s is the one that chooses its template', (kind) => {
  const parsed = parseEvent(EXAMPLES[kind], { nowMs: NOW_MS })
  const state = parsed.status === 'valid' ? stateOf(parsed.event) : undefined
  expect(stateFieldOf(kind)?.example ?? '').toBe(state)
})

test('every field has an example, but groups, whose fields have theirs', () => {
  expect(ALL.filter((field) => field.type !== 'group' && field.example === undefined)).toEqual([])
  expect(ALL.filter((field) => field.type === 'group' && 'example' in field)).toEqual([])
})

test.each(EVENT_KINDS)('the examples of the fields of %s are what an event may carry', (kind) => {
  const groups = new Set(['', ...namesIn(EXAMPLES[kind].data)])
  for (const { path, example } of fieldsOf(kind).filter(({ type }) => type !== 'group')) {
    // What is not in the example has no place to be tried in.
    if (!groups.has(path.slice(0, Math.max(0, path.lastIndexOf('.'))))) continue
    const event = changedExample(kind, `/data/${path.replaceAll('.', '/')}`, example)
    expect(parseEvent(event, { nowMs: NOW_MS }), path).toMatchObject({ status: 'valid' })
  }
})

test('every field is described in every language, and nothing is described that is no field', () => {
  const sentences = new Set(ALL.map(({ sentence }) => sentence.en))
  for (const translations of [ITALIAN_SENTENCES, UKRAINIAN_SENTENCES]) {
    expect(new Set(translations.keys())).toEqual(sentences)
  }
  for (const { path, sentence } of ALL) {
    expect(Object.keys(sentence)).toEqual(FIELD_LOCALES)
    for (const text of Object.values(sentence)) expect(text, path).toMatch(/^\p{Lu}.{2,100}[^.]$/u)
  }
})

test('every type but a group has filters, and the states of orders one of their own', () => {
  expect(FIELD_TYPES.filter((type) => filtersFor({ type }).length === 0)).toEqual(['group'])
  expect(find('order.status_changed', 'order.status')?.filters).toContain('order_status')
  expect(find('activity.due', 'activity.status')?.filters).not.toContain('order_status')
})

/** The names of everything in groups of fields, not in lists. */
function namesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null || Array.isArray(part) || 'amount' in part) return []
  return Object.entries(part).flatMap(([name, below]) => [
    name,
    ...namesIn(below).map((path) => `${name}.${path}`),
  ])
}
