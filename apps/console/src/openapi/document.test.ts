import {
  expectProblems,
  expectReferences,
  expectStructure,
  operationsOf,
  readOpenApi,
} from '@postino/http/testing/open-api.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { CONSOLE_PROBLEMS } from '../problems.ts'
import { createOperations } from '../routes/operations.ts'
import { openApiDocument } from './document.ts'
import { problemSchema } from './problem.ts'

const OPERATIONS = createOperations({
  ask: () => Promise.reject(new Error('nobody is asked')),
  enqueue: () => Promise.reject(new Error('nothing is enqueued')),
  config: { botPublicUrl: undefined, importSeconds: 30 },
})
const DOCUMENT = readOpenApi(openApiDocument(OPERATIONS))

test('the document has the structure of OpenAPI 3.1', () => {
  expectStructure(DOCUMENT)
  expect(operationsOf(DOCUMENT)).toHaveLength(OPERATIONS.length)
})

test('every reference leads somewhere, and every schema is referred to', () => expectReferences(DOCUMENT))

test('names of members and parameters are snake_case', () => {
  const members = Object.values(DOCUMENT.components.schemas).flatMap(({ properties }) =>
    Object.keys(properties ?? {}),
  )
  const parameters = operationsOf(DOCUMENT).flatMap((one) => one.parameters.map(({ name }) => name))
  for (const name of [...members, ...parameters]) expect(name).toMatch(/^[a-z0-9]+(?:_[a-z0-9]+)*$/)
})

test('every problem there is a page for is one of the reference, with its status and an example', () => {
  expectProblems(DOCUMENT, { codes: Object.keys(CONSOLE_PROBLEMS), schema: problemSchema })
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
