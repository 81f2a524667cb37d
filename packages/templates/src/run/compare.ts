import { instantMsOf } from '../filters/dates.ts'
import type { Compare } from '../language/tree.ts'

/**
 * Compares as a shopkeeper expects: amounts, which events carry as texts, with numbers and with each other by their size; times by
 * which comes first; other texts letter by letter. What is missing equals only what is missing and `none`; it is neither
 * smaller nor greater than anything, and so is a word beside a number. Takes texts, numbers, booleans and what is missing.
 */
export function compare(left: unknown, operator: Compare['operator'], right: unknown): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right)
    case '!=':
      return !isEqual(left, right)
    case '<':
      return (difference(left, right) ?? 0) < 0
    case '<=':
      return (difference(left, right) ?? 1) <= 0
    case '>':
      return (difference(left, right) ?? 0) > 0
    case '>=':
      return (difference(left, right) ?? -1) >= 0
  }
}

function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true
  // Two texts of digits are a number of an order or a code, where each digit counts.
  if (typeof left === 'string' && typeof right === 'string') return isSameInstant(left, right)
  const number = numberOf(left)
  return number !== undefined && number === numberOf(right)
}

function isSameInstant(left: string, right: string): boolean {
  const instantMs = instantMsOf(left)
  return instantMs !== undefined && instantMs === instantMsOf(right)
}

/** Below 0 when the left one comes first, above 0 when the right one does; undefined when there is no order. */
function difference(left: unknown, right: unknown): number | undefined {
  const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)]
  if (leftNumber !== undefined && rightNumber !== undefined) return leftNumber - rightNumber
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  const [leftMs, rightMs] = [instantMsOf(left), instantMsOf(right)]
  if (leftMs !== undefined && rightMs !== undefined) return leftMs - rightMs
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** As events carry amounts. */
const DECIMAL = /^-?\d{1,15}(?:\.\d{1,6})?$/

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : undefined
}
