/** What is wrong with an event, for the shop's programmer and for the program. */
export interface EventIssue {
  /** RFC 6901, from the event: `/data/order/items/0/name`; empty for the event as a whole. */
  pointer: string
  /** Stable, snake_case. */
  code: string
  /** A sentence that names the field and the way out. Never the value, which may be personal. */
  detail: string
}

/** One that has more problems is told the first ones. */
export const MAX_ISSUES = 20

export type Path = readonly (string | number)[]

export function issueAt(path: Path, code: string, detail: string): EventIssue {
  return { pointer: pointerTo(path), code, detail }
}

function pointerTo(path: Path): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** How a sentence calls a field: `data.order.items[0].name`. */
export function fieldName(path: Path): string {
  if (path.length === 0) return 'The event'
  return path.map((segment, index) => (index === 0 ? quoteOddName(segment) : nameOfStep(segment))).join('')
}

function nameOfStep(segment: string | number): string {
  return /^\d+$/.test(String(segment)) ? `[${segment}]` : `.${quoteOddName(segment)}`
}

function quoteOddName(segment: string | number): string {
  const name = String(segment)
  return /^\w+$/.test(name) ? name : JSON.stringify(name)
}
