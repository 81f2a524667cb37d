import { parseTime } from './time.ts'

const EARLIEST_MS = Date.UTC(2000, 0, 1)
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Every time an event may carry. What occurred lies at most a day ahead (clocks differ, and so do people's zones);
 * what is planned lies at most ten years ahead. Neither lies before 2000. A test keeps this list whole.
 */
export const TIME_FIELDS: ReadonlyMap<string, 'occurred' | 'planned'> = new Map([
  ['time', 'occurred'],
  ['placed_at', 'occurred'],
  ['updated_at', 'occurred'],
  ['abandoned_at', 'occurred'],
  ['read_at', 'occurred'],
  ['expirytime', 'planned'],
  ['due_at', 'planned'],
  ['eta_from', 'planned'],
  ['eta_until', 'planned'],
])

export interface TimeOutOfRange {
  path: string[]
  /** What the time must be, to follow the field's name in a sentence. */
  rule: string
}

/** Finds the times of an event that lie outside their window. What is not a time at all is the schema's to refuse. */
export function findTimesOutOfRange(event: object, nowMs: number): TimeOutOfRange[] {
  const found: TimeOutOfRange[] = []
  const path: string[] = []
  visit(event)
  return found

  function visit(value: object): void {
    for (const name of Object.keys(value)) {
      // What a shop keeps in data.extra is its own affair.
      if (path.length === 1 && name === 'extra') continue
      visitMember(name, Reflect.get(value, name))
    }
  }

  function visitMember(name: string, member: unknown): void {
    if (typeof member === 'string') {
      const rule = TIME_FIELDS.has(name) ? timeProblem(name, member, nowMs) : undefined
      if (rule !== undefined) found.push({ path: [...path, name], rule })
    } else if (typeof member === 'object' && member !== null) {
      path.push(name)
      visit(member)
      path.pop()
    }
  }
}

/** The rule this field's time breaks, to follow its name in a sentence; undefined when it breaks none, or is no time at all. */
export function timeProblem(name: string, text: string, nowMs: number): string | undefined {
  const window = TIME_FIELDS.get(name)
  const timeMs = window === undefined ? undefined : parseTime(text)
  if (timeMs === undefined) return undefined
  if (timeMs < EARLIEST_MS) return 'lies before the year 2000; check the year'
  if (window === 'occurred') {
    return timeMs > nowMs + DAY_MS
      ? 'lies more than a day in the future; check the clock and the zone'
      : undefined
  }
  const latest = new Date(nowMs)
  latest.setUTCFullYear(latest.getUTCFullYear() + 10)
  return timeMs > latest.getTime() ? 'lies more than ten years in the future; check the year' : undefined
}
