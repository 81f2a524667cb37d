import { MAX_DEPTH, MAX_EVENT_BYTES, MAX_MEMBERS } from '../schema/limits.ts'
import { fieldName, issueAt, MAX_ISSUES, THE_EVENT, type EventIssue } from './issue.ts'
import { findNameFlaw, findNumberFlaw, findTextFlaw, type JsonFlaw } from './json-flaw.ts'

export type JsonCopy = { status: 'copied'; value: unknown } | { status: 'refused'; issues: EventIssue[] }

const NOT_JSON: JsonFlaw = { code: 'not_json', problem: 'is not a JSON value' }

export interface CopyOptions {
  /** How a sentence calls all of it. */
  whole?: string
  /** Of any one text in it. */
  maxTextChars?: number | undefined
}

/**
 * Copies a value as JSON has it, within the limits, or says what stands in the way. What comes back is plain and safe
 * to store: no NUL or other control character but tab and newline, no half of a surrogate pair, no number a double
 * cannot hold, no member called `__proto__`. A Windows line end becomes a newline.
 */
export function copyJson(input: unknown, { whole = THE_EVENT, maxTextChars }: CopyOptions = {}): JsonCopy {
  const walk = startWalk(whole, maxTextChars)
  try {
    const value = copyValue(walk, input)
    if (walk.issues.length > 0) return { status: 'refused', issues: walk.issues }
    if (walk.mostBytes() <= MAX_EVENT_BYTES || sizeOf(value) <= MAX_EVENT_BYTES)
      return { status: 'copied', value }
    return walk.stop({
      code: 'too_large',
      problem: `is larger than ${MAX_EVENT_BYTES} bytes; send large things by URL`,
    })
  } catch (error) {
    if (error instanceof StopWalk) return { status: 'refused', issues: walk.issues }
    // JSON has neither getters nor proxies: whatever throws when it is read is not JSON.
    return { status: 'refused', issues: [issueAt([], 'not_json', `${whole} cannot be read as JSON.`)] }
  }
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

function copyValue(walk: Walk, value: unknown): unknown {
  if (typeof value === 'string') return copyText(walk, value)
  if (typeof value === 'number') {
    walk.note(findNumberFlaw(value))
    // JSON can write a negative zero, but neither JavaScript's own JSON nor Postgres gives it back.
    return value === 0 ? 0 : value
  }
  if (typeof value === 'boolean' || value === null) return value
  return typeof value === 'object' ? copyContainer(walk, value) : walk.stop(NOT_JSON)
}

function copyText(walk: Walk, given: string): string {
  const text = given.includes('\r\n') ? given.replaceAll('\r\n', '\n') : given
  walk.count(text)
  walk.note(findTextFlaw(text, walk.maxTextChars))
  return text
}

function copyContainer(walk: Walk, value: object): object {
  if (walk.depth() >= MAX_DEPTH) {
    return walk.stop({ code: 'too_deep', problem: `is nested too deeply; ${MAX_DEPTH} levels are allowed` })
  }
  if (Array.isArray(value)) {
    // Not map, which would leave out the holes of a sparse array.
    return Array.from(value, (element: unknown, index) => walk.copyMember(index, element))
  }
  return isPlain(value) ? copyObject(walk, value) : walk.stop(NOT_JSON)
}

function copyObject(walk: Walk, object: object): object {
  const result: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(object)) {
    // JSON knows no undefined: a member that holds it is not there.
    if (member === undefined) continue
    const flaw = findNameFlaw(name)
    if (flaw === undefined) result[name] = walk.copyMember(name, member)
    else walk.note(flaw)
  }
  return result
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** In UTF-8, or as an escape: those that take six bytes are refused, or halves of a pair. */
const MOST_BYTES_PER_CHAR = 3
/** The longest number, and all that stands around a value and its name. */
const MOST_BYTES_PER_MEMBER = 32

/** Ends the walk: what comes after would only say the same again, or cost time. */
class StopWalk extends Error {
  override readonly name = 'StopWalk'
}

interface Walk {
  issues: EventIssue[]
  maxTextChars: number | undefined
  depth(): number
  /** Keeps a flaw of the value the walk has come to. */
  note(flaw: JsonFlaw | undefined): void
  stop(flaw: JsonFlaw): never
  copyMember(segment: string | number, member: unknown): unknown
  /** Takes a text into account for the size. */
  count(text: string): void
  /** Of the JSON of what was copied so far; cheaper to know than its size. */
  mostBytes(): number
}

function startWalk(whole: string, maxTextChars: number | undefined): Walk {
  const issues: EventIssue[] = []
  const path: (string | number)[] = []
  let members = 0
  let chars = 0

  function note(flaw: JsonFlaw | undefined): void {
    if (flaw === undefined) return
    issues.push(issueAt(path, flaw.code, `${fieldName(path, whole)} ${flaw.problem}.`))
    if (issues.length === MAX_ISSUES) throw new StopWalk()
  }

  function stop(flaw: JsonFlaw): never {
    note(flaw)
    throw new StopWalk()
  }

  function copyMember(segment: string | number, member: unknown): unknown {
    members += 1
    if (members > MAX_MEMBERS) {
      path.length = 0
      stop({
        code: 'too_many_members',
        problem: `has more than ${MAX_MEMBERS} members and list elements in all`,
      })
    }
    if (typeof segment === 'string') chars += segment.length
    path.push(segment)
    const copied = copyValue(walk, member)
    path.pop()
    return copied
  }

  const walk: Walk = {
    issues,
    maxTextChars,
    depth: () => path.length,
    note,
    stop,
    copyMember,
    count(text) {
      chars += text.length
    },
    mostBytes: () => MOST_BYTES_PER_CHAR * chars + MOST_BYTES_PER_MEMBER * (members + 1),
  }
  return walk
}
