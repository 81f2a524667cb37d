import { expect } from 'vitest'
import { z } from 'zod'

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
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  description: z.string().min(1),
  parameters: z.array(parameter),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(z.string().regex(/^[2-5]\d\d$/), response),
})
/** The structure OpenAPI 3.1 asks for, as far as our documents go; it is strict, so that nothing is misspelt. */
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

export type OpenApi = z.infer<typeof openApi>
export type DescribedOperation = z.infer<typeof operation> & { path: string }

/** Reads a document as it is sent. */
export function readOpenApi(document: object): OpenApi {
  return openApi.parse(JSON.parse(JSON.stringify(document)))
}

export function operationsOf({ paths }: OpenApi): DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) => Object.values(item).map((one) => ({ path, ...one })))
}

/** Names are unique, tags and security schemes are there, and the parameters in a path are those described. */
export function expectStructure(document: OpenApi): void {
  const { security, components, tags } = document
  for (const requirement of security) {
    expect(Object.keys(components.securitySchemes)).toEqual(expect.arrayContaining(Object.keys(requirement)))
  }
  const operations = operationsOf(document)
  expect(new Set(operations.map((one) => one.operationId)).size).toBe(operations.length)
  for (const { path, parameters, ...one } of operations) {
    const inPath = parameters.filter((each) => each.in === 'path').map((each) => each.name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
    expect(tags.map((tag) => tag.name)).toEqual(expect.arrayContaining(one.tags))
  }
}

/** Every reference leads somewhere, and every schema is referred to. */
export function expectReferences(document: OpenApi): void {
  const text = JSON.stringify(document)
  const referred = new Set(text.matchAll(/"\$ref":"([^"]*)"/g).map((match) => match[1]))
  const names = Object.keys(document.components.schemas)
  expect(referred).toEqual(new Set(names.map((name) => `#/components/schemas/${name}`)))
  expect(text).not.toContain('$defs')
}

/** These kinds of problems stand in it and no others, each with its status and an example the schema takes. */
export function expectProblems(
  document: OpenApi,
  { codes, schema }: { codes: string[]; schema: z.ZodType<{ type: string; status: number }> },
): void {
  const documented = operationsOf(document).flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, { content: media }]) =>
      Object.entries(media?.['application/problem+json']?.examples ?? {}).map(([code, { value }]) => ({
        code,
        status: Number(status),
        problem: schema.parse(value),
      })),
    ),
  )
  for (const { code, status, problem } of documented) {
    expect([problem.type, problem.status]).toEqual([`/problems/${code}`, status])
  }
  expect(new Set(documented.map(({ code }) => code))).toEqual(new Set(codes))
}
