import { expect, test } from 'vitest'
import { z } from 'zod'
import { CONSOLE_PROBLEMS } from '../problems.ts'
import { createOperations } from '../routes/operations.ts'
import { openApiDocument } from './document.ts'
import { problemSchema } from './problem.ts'

const OPERATIONS = createOperations({
  ask: () => Promise.reject(new Error('nobody is asked')),
  config: { botPublicUrl: undefined, importSeconds: 30 },
})
const DOCUMENT: unknown = JSON.parse(JSON.stringify(openApiDocument(OPERATIONS)))

const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  description: z.string().optional(),
  schema: z.record(z.string(), z.unknown()),
  example: z.unknown().optional(),
})
const content = z.record(
  z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
  z.strictObject({
    schema: z.record(z.string(), z.unknown()),
    examples: z.record(z.string(), z.strictObject({ value: z.unknown() })).optional(),
  }),
)
const response = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.strictObject({ description: z.string(), schema: z.object() })).optional(),
  content: content.optional(),
})
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  description: z.string().min(1),
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
  paths: z.record(
    z.string().startsWith('/v1/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation),
  ),
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
  expect(operations).toHaveLength(OPERATIONS.length)
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

test('names of members and parameters are snake_case', () => {
  const { paths, components } = openApi.parse(DOCUMENT)
  const members = Object.values(components.schemas).flatMap(({ properties }) => Object.keys(properties ?? {}))
  const parameters = Object.values(paths).flatMap((item) =>
    Object.values(item).flatMap((one) => one.parameters.map(({ name }) => name)),
  )
  for (const name of [...members, ...parameters]) expect(name).toMatch(/^[a-z0-9]+(?:_[a-z0-9]+)*$/)
})

test('every problem there is a page for is one of the reference, with its status and an example', () => {
  const { paths } = openApi.parse(DOCUMENT)
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
  expect(new Set(documented.map(({ code }) => code))).toEqual(new Set(Object.keys(CONSOLE_PROBLEMS)))
})

test('the examples of schemas are what the schemas say', () => {
  const schemas = OPERATIONS.flatMap(({ body, answers }) => [
    ...(body === undefined ? [] : [body]),
    ...Object.values(answers).flatMap(({ schema }) => (schema === undefined ? [] : [schema])),
  ])
  for (const schema of schemas) {
    for (const example of z.array(z.unknown()).parse(schema.meta()?.['examples'] ?? [])) schema.parse(example)
  }
})
