import { MAX_DEPTH, MAX_TEXT_CHARS } from '../../schema/limits.ts'
import { findNameFlaw, findNumberFlaw, findTextFlaw } from '../json-flaw.ts'

/** An event that is being read, and what was met so far. */
export interface PlainReading {
  nowMs: number
  /** What `JSON.parse` made it of. */
  json: string
  /** Whether a backslash stands in it. Without one no text can hold what must not be in it, or need one itself. */
  hasEscapes: boolean
  /** Names of members; one that is written twice in an object is met once. */
  names: number
  /** Members and elements of lists. */
  members: number
}

/** As a number may be written that is too small for a double, which holds 0 in its place. */
const TINY = /\d[eE]-\d|\.0{300}/

/**
 * The canonical JSON of a value that `JSON.parse` made, as far as it is to be kept as it is; undefined when something in it
 * asks for a closer look. `depth` is the number of containers around it.
 */
export function writePlain(reading: PlainReading, value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return writePlainText(reading, value)
  if (typeof value === 'number') return writeNumber(reading, value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (depth >= MAX_DEPTH) return undefined
  return Array.isArray(value) ? writeList(reading, value, depth) : writeObject(reading, value, depth)
}

export function writePlainText(reading: PlainReading, text: string): string | undefined {
  if (text.length > MAX_TEXT_CHARS) return undefined
  if (!reading.hasEscapes) return `"${text}"`
  return findTextFlaw(text) === undefined ? JSON.stringify(text) : undefined
}

function writeNumber({ json }: PlainReading, value: number): string | undefined {
  if (findNumberFlaw(value) !== undefined) return undefined
  if (value === 0 && (Object.is(value, -0) || TINY.test(json))) return undefined
  return String(value)
}

function writeList(reading: PlainReading, list: unknown[], depth: number): string | undefined {
  reading.members += list.length
  let text = ''
  for (const element of list) {
    const written = writePlain(reading, element, depth + 1)
    if (written === undefined) return undefined
    text += text === '' ? written : `,${written}`
  }
  return `[${text}]`
}

function writeObject(reading: PlainReading, object: object, depth: number): string | undefined {
  const names = Object.keys(object).sort()
  reading.members += names.length
  reading.names += names.length
  let text = ''
  for (const name of names) {
    if (findNameFlaw(name) !== undefined) return undefined
    const written = writePlain(reading, Reflect.get(object, name), depth + 1)
    if (written === undefined) return undefined
    text += `${text === '' ? '' : ','}${reading.hasEscapes ? JSON.stringify(name) : `"${name}"`}:${written}`
  }
  return `{${text}}`
}
