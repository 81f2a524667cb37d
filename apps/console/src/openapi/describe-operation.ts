import { problemResponses, schemaRef } from '@postino/http'
import { z } from 'zod'
import type { AnswerDescription, Operation } from '../operation/operation.ts'
import { CONSOLE_PROBLEMS } from '../problems.ts'

const { unauthorized, forbidden, unavailable } = CONSOLE_PROBLEMS
const ANY = [
  CONSOLE_PROBLEMS['key-in-url'],
  unauthorized,
  forbidden,
  CONSOLE_PROBLEMS['invalid-parameter'],
  unavailable,
]
const WITH_BODY = [
  CONSOLE_PROBLEMS['malformed-body'],
  CONSOLE_PROBLEMS['too-large'],
  CONSOLE_PROBLEMS['unsupported-media-type'],
  CONSOLE_PROBLEMS['invalid-body'],
  CONSOLE_PROBLEMS['too-many-requests'],
]

const WITH_FILE = [
  CONSOLE_PROBLEMS['bad-request'],
  CONSOLE_PROBLEMS['too-large'],
  CONSOLE_PROBLEMS['unsupported-media-type'],
  CONSOLE_PROBLEMS['too-many-requests'],
]

/** An operation as OpenAPI has it. */
export function describeOperation(operation: Operation): object {
  const { operationId, tag, summary, description, scope, body, upload, answers, problems } = operation
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description}\n\nNeeds the scope \`${scope}\`.`,
    parameters: [...pathParameters(operation), ...queryParameters(operation)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonContent(body) } }),
    ...(upload === undefined ? {} : { requestBody: { required: true, content: fileContent(upload) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, response(answer)])),
      ...problemResponses([
        ...ANY,
        ...(body === undefined ? [] : WITH_BODY),
        ...(upload === undefined ? [] : WITH_FILE),
        ...problems,
      ]),
    },
  }
}

function pathParameters({ path, words }: Operation): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const known = words?.[name]
    return {
      name,
      in: 'path',
      required: true,
      schema:
        known === undefined
          ? { type: 'string', pattern: '^[1-9]\\d{0,18}$' }
          : { type: 'string', enum: known },
      example: known?.[0] ?? '2071',
    }
  })
}

function queryParameters({ query }: Operation): object[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    // The draft's name is of no use within a document.
    const { $schema: _draft, description, ...rest } = z.toJSONSchema(schema, { io: 'input' })
    const isRequired = !schema.safeParse(undefined).success
    return { name, in: 'query', required: isRequired, description, schema: rest }
  })
}

function response({ description, schema, mediaType }: AnswerDescription): object {
  const content = {
    ...(schema !== undefined && jsonContent(schema)),
    ...(mediaType !== undefined && { [mediaType]: { schema: { type: 'string' } } }),
  }
  return Object.keys(content).length === 0 ? { description } : { description, content }
}

/** Every schema of a body has an id, under which it is among the components. */
function jsonContent(schema: z.ZodType): object {
  const id = schema.meta()?.id
  if (id === undefined) throw new Error('a schema of a body has no id: give it one by .meta({ id })')
  return { 'application/json': { schema: schemaRef(id) } }
}

function fileContent(mediaType: string): object {
  return { [mediaType]: { schema: { type: 'string' } } }
}
