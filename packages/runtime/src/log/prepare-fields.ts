import { serializeError } from './serialize-error.ts'

const MAX_DEPTH = 6
const MAX_ENTRIES = 50
const MAX_TEXT_CHARS = 8_000
/** The names under which headers, settings and libraries keep what no pattern can recognise. */
const SECRET_NAME = /token|secret|password|passwd|authorization|cookie|api[-_]?key/i

/**
 * A copy of a line's fields that is safe and small enough to write: errors become their allowed fields wherever they stand,
 * values under telling names go, long texts and deep or long structures are cut.
 */
export function prepareFields(fields: object): Record<string, unknown> {
  try {
    return prepareEntries(fields, 0)
  } catch (error) {
    // A getter that throws must not take down what wanted to log.
    return { unloggable: serializeError(error) }
  }
}

function prepareEntries(fields: object, depth: number): Record<string, unknown> {
  const prepared: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields).slice(0, MAX_ENTRIES)) {
    prepared[name] = isSecret(name, value) ? '[removed]' : prepareValue(value, depth + 1)
  }
  return prepared
}

/** Numbers and yes or no are no secrets: a count of tokens may stand. */
function isSecret(name: string, value: unknown): boolean {
  return (
    SECRET_NAME.test(name) && (typeof value === 'string' || (typeof value === 'object' && value !== null))
  )
}

function prepareValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return value.length > MAX_TEXT_CHARS ? `${value.slice(0, MAX_TEXT_CHARS)}…` : value
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return serializeError(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (value instanceof URL) return value.href
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth >= MAX_DEPTH) return '[deeper]'
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((item) => prepareValue(item, depth + 1))
  if (value instanceof Map || value instanceof Headers)
    return prepareEntries(Object.fromEntries(value), depth)
  if (value instanceof Set) return prepareValue([...value], depth)
  return prepareEntries(value, depth)
}
