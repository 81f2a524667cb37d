import { z } from 'zod'
import { fieldName, issueAt, MAX_ISSUES, THE_EVENT, type EventIssue, type Path } from './issue.ts'
import { didYouMean } from './near-miss.ts'

type SchemaIssue = z.core.$ZodIssue

const WORDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  boolean: 'true or false',
}

/** What was looked at, and how a sentence calls all of it. */
export interface CheckedInput {
  value: unknown
  schema: z.ZodType
  whole?: string
}

/** Puts one of zod's findings into our codes and words; one per name for unknown fields. */
export function describeSchemaIssue(found: SchemaIssue, input: CheckedInput): EventIssue[] {
  const { schema, whole = THE_EVENT } = input
  const path = found.path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment))
  if (found.code === 'unrecognized_keys') {
    return found.keys
      .slice(0, MAX_ISSUES)
      .map((name) => describeUnknownField([...path, name], fieldsOf(schemaAt(schema, path)), whole))
  }
  if (found.code === 'invalid_union') {
    const nearest = nearestChoice(found.errors)
    if (nearest !== undefined)
      return nearest.flatMap((each) =>
        describeSchemaIssue({ ...each, path: [...found.path, ...each.path] }, input),
      )
  }
  const value = valueAt(input.value, path)
  const { code, problem } = value === undefined ? missing(schemaAt(schema, path)) : problemOf(found, value)
  return [issueAt(path, code, `${fieldName(path, whole)} ${problem}.`)]
}

export function describeUnknownField(path: Path, known: readonly string[], whole = THE_EVENT): EventIssue {
  const name = String(path.at(-1))
  const parent = path.length === 1 ? whole : fieldName(path.slice(0, -1))
  const wayOut =
    didYouMean(name, known) || (known.length === 0 ? ' Leave it out.' : ` Known here: ${known.join(', ')}.`)
  const extra = whole === THE_EVENT && path[0] === 'data' ? ' Fields of your own go into data.extra.' : ''
  return issueAt(path, 'unknown_field', `${parent} has no field ${JSON.stringify(name)}.${wayOut}${extra}`)
}

/** Of the forms a value may have, the findings of the one with the fewest: what was most likely meant. */
function nearestChoice(choices: readonly SchemaIssue[][]): SchemaIssue[] | undefined {
  const weigh = (issues: SchemaIssue[]) =>
    issues.reduce((sum, each) => sum + (each.code === 'unrecognized_keys' ? each.keys.length : 1), 0)
  return choices.toSorted((left, right) => weigh(left) - weigh(right))[0]
}

interface Problem {
  code: string
  /** Follows the field's name in a sentence. */
  problem: string
}

function missing(schema: z.ZodType | undefined): Problem {
  const description = schema?.meta()?.description
  return {
    code: 'required',
    problem: description === undefined ? 'is missing' : `is missing: ${firstLower(description)}`,
  }
}

function problemOf(found: SchemaIssue, value: unknown): Problem {
  switch (found.code) {
    case 'invalid_type':
      return wrongType(found, value)
    case 'too_small':
      return tooSmall(found)
    case 'too_big':
      return tooBig(found)
    case 'invalid_value':
      return {
        code: 'not_allowed',
        problem: `must be ${found.values.map((allowed) => JSON.stringify(allowed)).join(' or ')}`,
      }
    case 'custom':
      return { code: String(found.params?.['code'] ?? 'invalid'), problem: found.message }
    case 'invalid_union':
      return { code: 'wrong_type', problem: `must not be ${nameOf(value)}` }
    case 'invalid_key':
      return {
        code: 'invalid',
        problem: `has a name that cannot be: ${found.issues[0]?.message ?? found.message}`,
      }
    case 'invalid_format':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return { code: 'invalid', problem: found.message }
  }
}

function wrongType(found: z.core.$ZodIssueInvalidType, value: unknown): Problem {
  if (found.expected === 'never') return { code: 'refused_attribute', problem: found.message }
  const wanted = WORDS[found.expected] ?? found.expected
  const wayOut = value === null ? '; leave it out when there is nothing to say' : ''
  return { code: 'wrong_type', problem: `must be ${wanted}, not ${nameOf(value)}${wayOut}` }
}

function tooSmall(found: z.core.$ZodIssueTooSmall): Problem {
  if (found.origin === 'number' || found.origin === 'int') {
    return { code: 'too_small', problem: `must be at least ${found.minimum}` }
  }
  return found.origin === 'string' && found.minimum > 1
    ? { code: 'too_short', problem: `must have at least ${found.minimum} characters` }
    : { code: 'empty', problem: 'must not be empty' }
}

function tooBig(found: z.core.$ZodIssueTooBig): Problem {
  if (found.origin === 'string')
    return { code: 'too_long', problem: `must have at most ${found.maximum} characters` }
  if (found.origin === 'array')
    return { code: 'too_many', problem: `must have at most ${found.maximum} elements` }
  return { code: 'too_big', problem: `must be at most ${found.maximum}` }
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return WORDS[typeof value] ?? typeof value
}

function valueAt(event: unknown, path: Path): unknown {
  let value = event
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.getOwnPropertyDescriptor(value, segment)?.value
  }
  return value
}

function schemaAt(schema: z.ZodType, path: Path): z.ZodType | undefined {
  let current: unknown = schema
  for (const segment of path) {
    const container = unwrap(current)
    if (container instanceof z.ZodObject) {
      const shape: Record<string, unknown> = container.shape
      current = Object.hasOwn(shape, segment) ? shape[segment] : undefined
    } else if (container instanceof z.ZodUnion) {
      current = container.options.map((option) => schemaAt(option as z.ZodType, [segment])).find(Boolean)
    } else current = container instanceof z.ZodArray ? container.element : undefined
  }
  return unwrap(current)
}

function unwrap(schema: unknown): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrap(schema.unwrap())
  return schema instanceof z.ZodType ? schema : undefined
}

function fieldsOf(schema: z.ZodType | undefined): string[] {
  if (schema instanceof z.ZodUnion)
    return [...new Set(schema.options.flatMap((option) => fieldsOf(unwrap(option))))]
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function firstLower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
