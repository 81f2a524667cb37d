import { EVENT_DATA_SCHEMAS, EVENT_KINDS, parseEvent } from '@postino/domain'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { INGEST_PROBLEMS } from '../problem/event-problems.ts'
import { acceptedEventSchema, problemSchema } from './answers.ts'
import { openApiDocument } from './document.ts'

const DOCUMENT: unknown = JSON.parse(JSON.stringify(openApiDocument()))

const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string().optional(),
  schema: z.record(z.string(), z.unknown()),
  example: z.unknown().optional(),
})
const content = z.record(
  z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
  z.strictObject({
    schema: z.record(z.string(), z.unknown()),
    examples: z
      .record(z.string(), z.strictObject({ summary: z.string().optional(), value: z.unknown() }))
      .optional(),
  }),
)
const response = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.strictObject({ description: z.string(), schema: z.object() })).optional(),
  content: content.optional(),
})
const operation = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(parameter),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(z.string().regex(/^[2-5]\d\d$/), response),
})
/** The structure OpenAPI 3.1 asks for, as far as this document goes; it is strict, so that nothing is misspelt. */
const openApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    summary: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post']), operation)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), z.record(z.string(), z.unknown())),
    securitySchemes: z.record(
      z.string(),
      z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), description: z.string() }),
    ),
  }),
})

test('the document has the structure of OpenAPI 3.1', () => {
  const { paths, security, components, tags } = openApi.parse(DOCUMENT)
  for (const requirement of security) {
    expect(Object.keys(components.securitySchemes)).toEqual(expect.arrayContaining(Object.keys(requirement)))
  }
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.values(item).map((one) => ({ path, ...one })),
  )
  expect(new Set(operations.map((one) => one.operationId)).size).toBe(operations.length)
  for (const { path, parameters, ...one } of operations) {
    const inPath = parameters.filter((each) => each.in === 'path').map((each) => each.name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
    expect(tags.map((tag) => tag.name)).toEqual(expect.arrayContaining(one.tags))
  }
})

test('every reference leads somewhere, and every schema is referred to', () => {
  const { components } = openApi.parse(DOCUMENT)
  const text = JSON.stringify(DOCUMENT)
  const referred = new Set(text.matchAll(/"\$ref":"([^"]*)"/g).map((match) => match[1]))
  expect(referred).toEqual(
    new Set(Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`)),
  )
  expect(text).not.toContain('$defs')
})

test('every kind of event has its schema and its example, and every problem its status and its example', () => {
  const { paths, components } = openApi.parse(DOCUMENT)
  const names = Object.keys(components.schemas)
  for (const schema of Object.values(EVENT_DATA_SCHEMAS)) expect(names).toContain(schema.meta()?.id)
  const operations = Object.values(paths).flatMap((item) => Object.values(item))
  const documented = operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, { content: media }]) =>
      Object.entries(media?.['application/problem+json']?.examples ?? {}).map(([code, { value }]) => ({
        code,
        status: Number(status),
        problem: problemSchema.parse(value),
      })),
    ),
  )
  for (const { code, status, problem } of documented) {
    expect([problem.type, problem.status]).toEqual([`/problems/${code}`, status])
  }
  expect(new Set(documented.map(({ code }) => code))).toEqual(new Set(Object.keys(INGEST_PROBLEMS)))
})

test('every example of a request is a valid event', () => {
  const { paths } = openApi.parse(DOCUMENT)
  const media = paths['/v1/events']!.post!.requestBody!.content
  const examples = Object.values(media).flatMap((one) => Object.values(one.examples!))
  const values = examples.flatMap(({ value }) => value)
  expect(values.length).toBeGreaterThan(2 * EVENT_KINDS.length)
  for (const value of values) {
    expect(parseEvent(value, { nowMs: Date.UTC(2026, 10, 21) })).toMatchObject({ status: 'valid' })
  }
})

test('the examples of answers are what the schemas of answers say', () => {
  const examples = z.array(z.unknown()).min(1).parse(acceptedEventSchema.meta()?.['examples'])
  for (const example of examples) acceptedEventSchema.parse(example)
})
