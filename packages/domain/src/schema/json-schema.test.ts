import { expect, test } from 'vitest'
import { z } from 'zod'
import * as domain from '../index.ts'

const EXPORTED = Object.entries<unknown>({ ...domain, ...domain.EVENT_DATA_SCHEMAS }).flatMap(
  ([name, value]): [string, z.ZodType][] => (value instanceof z.ZodType ? [[name, value]] : []),
)

test.each(EXPORTED)('%s becomes JSON Schema, for what is sent and for what is kept', (_name, schema) => {
  for (const io of ['input', 'output'] as const) {
    expect(JSON.stringify(z.toJSONSchema(schema, { io }))).toContain('"$schema"')
  }
})

/** Parts of others, and the shop's own affair: no components of a document. */
const NAMELESS = new Set(['localeSchema', 'stateSchema', 'templateContentSchema', 'timeSchema'])

test.each(EXPORTED.filter(([name]) => !NAMELESS.has(name)))(
  '%s has a name, a description and examples that it accepts',
  (_name, schema) => {
    const { id, description, examples } = schema.meta() ?? {}
    expect(id).toMatch(/^[A-Z][A-Za-z]+$/)
    expect(description).toMatch(/^[A-Z]/)
    expect(examples).not.toHaveLength(0)
    for (const example of Array.isArray(examples) ? examples : []) {
      expect(schema.safeParse(example)).toMatchObject({ success: true })
    }
  },
)

test('the nine kinds stand in the document by name, each closed to unknown fields', () => {
  const { $defs = {} } = z.toJSONSchema(domain.eventBatchSchema)
  expect(Object.keys($defs)).toEqual(
    expect.arrayContaining([
      'CloudEvent',
      'ShortEvent',
      'OrderStatusChangedCloudEvent',
      'OrderStatusChangedShortEvent',
      'OrderStatusChangedData',
      'FileAccessedData',
      'Person',
      'Money',
    ]),
  )
  const open = Object.entries($defs).filter(([, schema]) => schema.additionalProperties !== false)
  expect(open.map(([name]) => name).filter((name) => name.endsWith('Data') || name === 'Person')).toEqual([])
})

test('every field of every kind is described', () => {
  const silent: string[] = []
  for (const [kind, schema] of Object.entries(domain.EVENT_DATA_SCHEMAS)) {
    const { properties = {}, $defs = {} } = z.toJSONSchema(schema)
    for (const [name, field] of Object.entries(properties)) {
      const target =
        typeof field === 'object' ? ($defs[String(field.$ref).replace('#/$defs/', '')] ?? field) : {}
      if (target.description === undefined) silent.push(`${kind} ${name}`)
    }
  }
  expect(silent).toEqual([])
})
