import { MAX_ITEMS, MAX_TEXT_CHARS, stateFieldOf, type Field } from '@postino/domain'
import { hasNoBlanks } from '../fields/has-no-blanks.ts'
import type { Catalogue } from '../fields/catalogue.ts'

/** Data a template is tried with before any event has it. */
export interface Sample {
  name: 'example' | 'bare' | 'empty' | 'hostile' | 'long' | 'most' | 'longest'
  /** What it is, as a sentence begins. */
  phrase: string
  data: Record<string, unknown>
}

/**
 * What a template has to bear: the example of its kind, an event without anything that may be missing, one with empty lists, one
 * whose texts look like markup, and one whose texts are as long as people write them. The domain accepts events with these values.
 */
export function samplesOf(catalogue: Catalogue, state: string): Sample[] {
  const sample = sampler(catalogue, state)
  return [
    sample('example', 'With the example of this kind', EXAMPLE),
    sample('bare', 'Without the fields that may be missing', { ...EXAMPLE, isThere: isNeeded, entries: 1 }),
    sample('empty', 'With empty lists', { ...EXAMPLE, entries: 0 }),
    sample('hostile', 'With unusual characters in the data', { ...EXAMPLE, value: hostileValue }),
    sample('long', 'With long data', { ...EXAMPLE, value: longValue, entries: LONG_LIST }),
  ]
}

/** The longest lists and the longest texts an event may carry, which hardly any does. */
export function extremesOf(catalogue: Catalogue, state: string): Sample[] {
  const sample = sampler(catalogue, state)
  return [
    sample('most', `With ${MAX_ITEMS} entries in each list`, { ...EXAMPLE, entries: MAX_ITEMS }),
    sample('longest', 'With texts of 4,096 characters', { ...EXAMPLE, value: longestValue, entries: 1 }),
  ]
}

function sampler({ kind, fields }: Catalogue, state: string) {
  const statePath = stateFieldOf(kind, fields)?.path
  return (name: Sample['name'], phrase: string, choice: Choice): Sample => ({
    name,
    phrase,
    data: groupOf(fields, {
      ...choice,
      value: (field) => (field.path === statePath && state !== '' ? state : choice.value(field)),
    }),
  })
}

/** The example in another state, and bare in it. */
export function samplesInState(samples: readonly Sample[], statePath = '', state: string): Sample[] {
  return samples
    .filter(({ name }) => name === 'example' || name === 'bare')
    .map((sample) => {
      const data = structuredClone(sample.data)
      put(data, statePath.split('.'), state)
      return { ...sample, phrase: `${sample.phrase}, in the state “${state}”`, data }
    })
}

/** How a sample is made of the fields of a kind. */
export interface Choice {
  isThere: (field: Field) => boolean
  value: (field: Field) => unknown
  /** Of each list. */
  entries: number
}

/** More things than most orders have, and fewer than an event may carry. */
const LONG_LIST = 40

const EXAMPLE: Choice = { isThere: () => true, value: ({ example }) => example, entries: 2 }

function isNeeded({ presence, type }: Field): boolean {
  return presence !== 'optional' && type !== 'anything'
}

/** A group of fields, made field by field. */
export function groupOf(fields: readonly Field[], choice: Choice): Record<string, unknown> {
  const group: Record<string, unknown> = {}
  const gone: string[] = []
  for (const field of fields) {
    if (gone.some((path) => field.path.startsWith(path))) continue
    if (!choice.isThere(field)) gone.push(`${field.path}.`)
    else put(group, field.path.split('.'), valueOf(field, choice))
  }
  return group
}

function valueOf(field: Field, choice: Choice): unknown {
  const { type, entries } = field
  if (type === 'group') return {}
  if (entries === undefined) return choice.value(field)
  return Array.from<unknown>({ length: choice.entries }).fill(groupOf(entries, choice))
}

function put(group: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void {
  const below = group[name]
  if (rest.length === 0) group[name] = value
  else if (isGroup(below)) put(below, rest, value)
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

const LOOKS_LIKE_MARKUP = '<b>&"\u202E{{ x }}</a>'
const WITHOUT_BLANKS = '<b>&"</a>'

function hostileValue({ path, type, states, example }: Field): unknown {
  if (type === 'text') return hasNoBlanks(path) ? WITHOUT_BLANKS : LOOKS_LIKE_MARKUP
  if (type === 'state' && states?.isOpen === true) return WITHOUT_BLANKS
  return type === 'link' ? 'https://shop.example/?q="<b>&\'' : example
}

/** What people may well write, not the most an event could carry: names are short, notes are not. */
function longValue({ path, type, example }: Field): unknown {
  if (type === 'link') return `https://shop.example/${'a'.repeat(1_000)}`
  if (type === 'money') return { amount: '999999999.99', currency: 'EUR' }
  if (type !== 'text') return example
  if (hasNoBlanks(path)) return 'x'.repeat(40)
  const name = path.slice(path.lastIndexOf('.') + 1)
  return 'Lorem ipsum '.repeat(120).slice(0, LONG_TEXTS.get(name) ?? 40)
}

function longestValue({ path, type, example }: Field): unknown {
  return type === 'text' && !hasNoBlanks(path) ? 'W'.repeat(MAX_TEXT_CHARS) : example
}

/** In characters, by the name of the field. */
const LONG_TEXTS: ReadonlyMap<string, number> = new Map([
  ['excerpt', 1_200],
  ['note', 1_200],
  ['address', 200],
  ['title', 150],
  ['subject', 150],
  ['name', 80],
])
