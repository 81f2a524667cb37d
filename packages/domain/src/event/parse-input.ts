import type { z } from 'zod'
import { copyJson, type CopyOptions } from './copy-json.ts'
import { describeSchemaIssue } from './describe-schema-issue.ts'
import { MAX_ISSUES, type EventIssue } from './issue.ts'

export type ParsedInput<Value> =
  | { status: 'valid'; value: Value }
  | { status: 'invalid'; issues: EventIssue[] }

/**
 * Reads what somebody sent by its schema, in the words and codes of events: whatever may be stored, at most 20 issues.
 * Never throws, whatever the input.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  { whole = 'The body', maxTextChars }: CopyOptions = {},
): ParsedInput<z.output<Schema>> {
  const copy = copyJson(input, { whole, maxTextChars })
  if (copy.status === 'refused') return { status: 'invalid', issues: copy.issues }
  const { value } = copy
  const { success, data, error } = schema.safeParse(value)
  if (success) return { status: 'valid', value: data }
  const issues = error.issues.flatMap((found) => describeSchemaIssue(found, { value, schema, whole }))
  return { status: 'invalid', issues: issues.slice(0, MAX_ISSUES) }
}
