import { EVENT_DATA_SCHEMAS, EVENT_KINDS, parseEvent } from '@postino/domain'
import {
  expectProblems,
  expectReferences,
  expectStructure,
  readOpenApi,
} from '@postino/http/testing/open-api.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { INGEST_PROBLEMS } from '../problem/event-problems.ts'
import { acceptedEventSchema, problemSchema } from './answers.ts'
import { openApiDocument } from './document.ts'

const DOCUMENT = readOpenApi(openApiDocument())

test('the document has the structure of OpenAPI 3.1', () => expectStructure(DOCUMENT))

test('every reference leads somewhere, and every schema is referred to', () => expectReferences(DOCUMENT))

test('every kind of event has its schema and its example, and every problem its status and its example', () => {
  const names = Object.keys(DOCUMENT.components.schemas)
  for (const schema of Object.values(EVENT_DATA_SCHEMAS)) expect(names).toContain(schema.meta()?.id)
  expectProblems(DOCUMENT, { codes: Object.keys(INGEST_PROBLEMS), schema: problemSchema })
})

test('every example of a request is a valid event', () => {
  const media = DOCUMENT.paths['/v1/events']!.post!.requestBody!.content
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
