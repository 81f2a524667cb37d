import type { Budget } from './budget.ts'
import { cleanValue, spend } from './budget.ts'

/** A message has no more characters than this, so neither has anything that is shown in one. */
export const MAX_TEXT_CHARS = 4096

/** Nobody reads longer lists in a chat. */
const MAX_ENTRIES = 200

/**
 * The value of an object's or list's own field, in the form in which templates see data: never what it inherits, nothing of a
 * text or a number, and undefined for what JSON cannot hold and for null, which is as missing as a field that is not there.
 *
 * This is the only door to the data. Each call looks at one value, and nothing else walks down the data by itself, so reading
 * as templates ask for it is the same as copying all of it first, bounded and cleaned, and costs only what is read.
 */
export function readField(target: unknown, key: string | number, budget: Budget): unknown {
  if (typeof target !== 'object' || target === null) return undefined
  // A list has entries and nothing else: its length is asked for by a filter.
  if (Array.isArray(target) !== (typeof key === 'number') || !Object.hasOwn(target, key)) return undefined
  // Any object is a record of unknown values to somebody who only reads; Reflect.get would say so without `as`, and be slow.
  const value = (target as Readonly<Record<string | number, unknown>>)[key]
  // Before anything looks at them, so that a name of invisible characters counts as blank, too.
  if (typeof value === 'string') return cleanValue(cutText(value), budget)
  if (typeof value === 'object') return value === null ? undefined : takeOverObject(value, budget)
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    ? value
    : undefined
}

function takeOverObject(value: object, budget: Budget): object | undefined {
  if (!Array.isArray(value)) return isPlain(value) ? value : undefined
  if (value.length <= MAX_ENTRIES) return value
  spend(budget, MAX_ENTRIES >> 3)
  const entries: readonly unknown[] = value
  return entries.slice(0, MAX_ENTRIES)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** At most MAX_TEXT_CHARS UTF-16 units, cut on a whole character. */
export function cutText(text: string): string {
  if (text.length <= MAX_TEXT_CHARS) return text
  const last = text.charCodeAt(MAX_TEXT_CHARS - 1)
  const isHalf = last >= 0xd8_00 && last < 0xdc_00
  return text.slice(0, isHalf ? MAX_TEXT_CHARS - 1 : MAX_TEXT_CHARS)
}
