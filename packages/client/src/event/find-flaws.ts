import { issueAt, type EventIssue } from './issue.ts'
import { MAX_DEPTH, MAX_ISSUES } from './limits.ts'

/**
 * What JSON cannot say, and would drop or bend without a word: NaN, infinities, whole numbers a double rounds, BigInt,
 * functions, an undefined in a list, maps, sets and other objects that are no records. Objects with a `toJSON`, dates
 * above all, are read by it. A member that is undefined is not there.
 */
export function findFlaws(event: unknown): EventIssue[] {
  const issues: EventIssue[] = []
  const path: (string | number)[] = []
  look(event)
  return issues

  function look(given: unknown): void {
    if (issues.length === MAX_ISSUES) return
    const value = asJson(given)
    if (typeof value === 'object' && value !== null) lookInside(value)
    else if (typeof value === 'number') {
      if (!isExact(value)) note('number_out_of_range', 'is a number that would be rounded; send it as text')
    } else if (typeof value !== 'string' && typeof value !== 'boolean' && value !== null) {
      note('not_json', given instanceof Date ? 'is no valid date' : 'is not a JSON value')
    }
  }

  function lookInside(value: object): void {
    // Ends a circle, too.
    if (path.length >= MAX_DEPTH) {
      note('too_deep', `is nested too deeply; ${MAX_DEPTH} levels are allowed`)
    } else if (Array.isArray(value)) {
      // Not forEach, which would leave out the holes of a sparse array.
      for (const [index, element] of value.entries()) step(index, element)
    } else if (isRecord(value)) {
      for (const [name, member] of Object.entries(value)) {
        if (member !== undefined) step(name, member)
      }
    } else note('not_json', 'is not a JSON value')
  }

  function step(name: string | number, value: unknown): void {
    path.push(name)
    look(value)
    path.pop()
  }

  function note(code: string, problem: string): void {
    if (issues.length < MAX_ISSUES) issues.push(issueAt(path, code, problem))
  }
}

/** What JSON.stringify will see; undefined for a date that is none, which it would turn into null. */
function asJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date && Number.isNaN(value.getTime())) return undefined
  const toJson: unknown = Reflect.get(value, 'toJSON')
  return typeof toJson === 'function' ? Reflect.apply(toJson, value, ['']) : value
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
}

/** A plain object of this or another realm. */
function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
