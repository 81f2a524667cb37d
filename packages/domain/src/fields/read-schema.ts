import assert from 'node:assert/strict'
import { z } from 'zod'
import { state } from '../schema/formats.ts'
import { moneySchema } from '../schema/money.ts'
import { personSchema } from '../schema/person.ts'
import type { Field, HiddenField } from './field.ts'
import { filtersFor } from './filters-for.ts'
import { sentenceOf } from './sentence-of.ts'

export interface FieldsRead {
  fields: Field[]
  hidden: HiddenField[]
}

/** Where the reading of a schema has come to. */
interface Place {
  path: string
  /** Whether the group it stands in is there in every event. */
  isSure: boolean
  /** What the example event has here. */
  example: unknown
}

/** What a group of fields offers to templates, each group before its own fields. */
export function readGroup(shape: z.core.$ZodShape, place: Place): FieldsRead {
  const read = Object.entries(shape).map(([name, schema]) =>
    readField(schema, {
      path: place.path === '' ? name : `${place.path}.${name}`,
      isSure: place.isSure,
      example: memberOf(place.example, name),
    }),
  )
  return { fields: read.flatMap(({ fields }) => fields), hidden: read.flatMap(({ hidden }) => hidden) }
}

function readField(schema: unknown, place: Place): FieldsRead {
  const isOptional = schema instanceof z.ZodOptional
  const inner = isOptional ? schema.unwrap() : schema
  assert(inner instanceof z.ZodType, `${place.path} has a schema`)
  if (holdsPeople(inner)) return { fields: [], hidden: [{ path: place.path, reason: 'personal' }] }
  if (inner instanceof z.ZodUnion) return { fields: [], hidden: [{ path: place.path, reason: 'technical' }] }
  const example = place.example ?? examplesIn(inner)[0]
  const facts = factsOf(inner, example)
  const field: Field = {
    path: place.path,
    presence: isOptional ? 'optional' : place.isSure ? 'always' : 'with_group',
    ...facts,
    ...(facts.type !== 'group' && { example }),
    sentence: sentenceOf(descriptionOf(inner, place.path)),
    filters: filtersFor(facts),
  }
  if (facts.type !== 'group' || !(inner instanceof z.ZodObject)) return { fields: [field], hidden: [] }
  const below = readGroup(inner.shape, { path: place.path, isSure: place.isSure && !isOptional, example })
  if (!isPerson(inner)) return { fields: [field, ...below.fields], hidden: below.hidden }
  return {
    fields: [field, ...below.fields.filter(({ path }) => isNameOf(place.path, path))],
    hidden: below.fields
      .filter(({ path }) => !isNameOf(place.path, path))
      .map(({ path }) => ({ path, reason: 'personal' })),
  }
}

function factsOf(schema: z.ZodType, example: unknown): Pick<Field, 'type' | 'states' | 'entries'> {
  if (schema instanceof z.ZodEnum)
    return { type: 'state', states: { known: schema.options.map(String), isOpen: false } }
  if (schema instanceof z.ZodArray) {
    const { element } = schema
    assert(element instanceof z.ZodObject, 'lists of events hold groups of fields')
    const first: unknown = Array.isArray(example) ? example[0] : undefined
    return {
      type: 'list',
      entries: readGroup(element.shape, { path: '', isSure: true, example: first }).fields,
    }
  }
  if (schema instanceof z.ZodObject) return { type: isMoney(schema) ? 'money' : 'group' }
  if (schema instanceof z.ZodNumber) return { type: 'number' }
  if (schema instanceof z.ZodBoolean) return { type: 'yes_no' }
  if (schema instanceof z.ZodString) return factsOfText(schema)
  return { type: 'anything' }
}

function factsOfText(schema: z.ZodString): Pick<Field, 'type' | 'states'> {
  const { format, pattern } = schema.meta() ?? {}
  if (format === 'date-time') return { type: 'time' }
  if (format === 'uri') return { type: 'link' }
  if (pattern !== state.meta()?.['pattern']) return { type: 'text' }
  return { type: 'state', states: { known: examplesIn(schema).map(String), isOpen: true } }
}

function isMoney(schema: z.ZodObject): boolean {
  return schema.shape['amount'] === moneySchema.shape.amount
}

function isPerson(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && schema.shape['external_id'] === personSchema.shape.external_id
}

function holdsPeople(schema: z.ZodType): boolean {
  return schema instanceof z.ZodArray && schema.element instanceof z.ZodType && isPerson(schema.element)
}

function isNameOf(person: string, path: string): boolean {
  return path === `${person}.name` || path.startsWith(`${person}.name.`)
}

function descriptionOf(schema: z.ZodType, path: string): string {
  const { description } = schema.meta() ?? {}
  assert(description !== undefined, `${path} is described`)
  return description
}

function examplesIn(schema: z.ZodType): readonly unknown[] {
  const examples: unknown = schema.meta()?.['examples']
  return Array.isArray(examples) ? examples : []
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined
}
