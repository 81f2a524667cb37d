import { MalformedJsonError, skipSpace } from './json-tokens.ts'
import { scanValue, type JsonFlaw } from './scan-value.ts'

/** One value of a body: the whole body, or an element of the array it is. It is valid JSON where it has no flaws. */
export interface BodyPart {
  text: string
  flaws: JsonFlaw[]
}

export type ScannedBody =
  | { status: 'single'; part: BodyPart }
  | { status: 'batch'; parts: BodyPart[] }
  | { status: 'too_many' }
  | { status: 'malformed'; offset: number }

/** Takes a JSON text apart, at most `maxParts` of an array, before anything parses it. */
export function scanBody(text: string, maxParts: number): ScannedBody {
  try {
    const start = skipSpace(text, 0)
    return text[start] === '['
      ? scanBatch(text, start, maxParts)
      : { status: 'single', part: scanAlone(text, start) }
  } catch (error) {
    if (error instanceof MalformedJsonError) return { status: 'malformed', offset: error.offset }
    throw error
  }
}

/** Scans one value that is known to stand by itself, an array too; undefined when it is no JSON. */
export function scanPart(text: string): BodyPart | undefined {
  try {
    return scanAlone(text, skipSpace(text, 0))
  } catch (error) {
    if (error instanceof MalformedJsonError) return undefined
    throw error
  }
}

function scanAlone(text: string, start: number): BodyPart {
  const { end, flaws } = scanValue(text, start)
  expectEnd(text, end)
  return { text: text.slice(start, end), flaws }
}

function scanBatch(text: string, open: number, maxParts: number): ScannedBody {
  const parts: BodyPart[] = []
  let at = skipSpace(text, open + 1)
  if (text[at] === ']') {
    expectEnd(text, at + 1)
    return { status: 'batch', parts }
  }
  for (;;) {
    if (parts.length === maxParts) return { status: 'too_many' }
    const { end, flaws } = scanValue(text, at)
    parts.push({ text: text.slice(at, end), flaws })
    at = skipSpace(text, end)
    if (text[at] === ']') break
    if (text[at] !== ',') throw new MalformedJsonError(at)
    at = skipSpace(text, at + 1)
  }
  expectEnd(text, at + 1)
  return { status: 'batch', parts }
}

function expectEnd(text: string, end: number): void {
  const at = skipSpace(text, end)
  if (at < text.length) throw new MalformedJsonError(at)
}
