import type { IncomingMessage } from 'node:http'
import { parseInput, type EventIssue } from '@postino/domain'
import type { z } from 'zod'
import type { Shares } from '../limits/shares.ts'
import { ProblemError } from '../problem/problem-error.ts'
import { defineProblems } from '../problem/problems.ts'
import { checkContentType } from './content-type.ts'
import { decodeBody, malformedJson } from './decode-body.ts'
import { readBody } from './read-body.ts'
import { scanBody } from './scan-body.ts'

export const JSON_MEDIA_TYPES = ['application/json'] as const

/** Of APIs that read JSON by `readJson`. */
export const JSON_PROBLEMS = defineProblems({
  'invalid-body': {
    status: 422,
    title: 'The body is not valid',
    example: {
      detail: 'Mend what errors names, and send it again.',
      errors: [
        {
          pointer: '/emial',
          code: 'unknown_field',
          detail: 'The body has no field "emial". Did you mean "email"?',
        },
      ],
    },
  },
})

export interface JsonReading {
  request: IncomingMessage
  shopId: string
  /** What a schema reads is 64 KiB at most. */
  limitBytes: number
  /** Of any one text in it; 4,096 without it. */
  maxTextChars?: number | undefined
  /** Counts what all requests hold together. */
  shares: Shares
}

/** Reads a body that is one strict JSON object by its schema. Ends with a problem that names what is wrong. */
export async function readJson<Schema extends z.ZodType>(
  reading: JsonReading,
  schema: Schema,
): Promise<z.output<Schema>> {
  checkContentType(reading.request.headers, JSON_MEDIA_TYPES)
  const body = await readBody(reading)
  try {
    const input = parseInput(schema, parseStrictly(decodeBody(body.bytes)), {
      maxTextChars: reading.maxTextChars,
    })
    if (input.status === 'invalid') throw invalidBody(input.issues)
    return input.value
  } finally {
    body.release()
  }
}

/** For what the schema cannot know, such as that something named in the body is not there. */
export function invalidBody(errors: EventIssue[]): ProblemError {
  return new ProblemError(JSON_PROBLEMS['invalid-body'], {
    detail: 'Mend what errors names, and send it again.',
    errors,
  })
}

function parseStrictly(text: string): unknown {
  const scanned = scanBody(text, 0)
  switch (scanned.status) {
    case 'malformed':
      throw malformedJson(text, scanned.offset)
    case 'single':
      if (scanned.part.flaws.length > 0) throw invalidBody(scanned.part.flaws)
      return JSON.parse(scanned.part.text)
    case 'batch':
    case 'too_many':
      throw invalidBody([
        { pointer: '', code: 'wrong_type', detail: 'The body must be an object, not a list.' },
      ])
  }
}
