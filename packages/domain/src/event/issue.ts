/** What is wrong with an event, or with another input, for the shop's programmer and for the program. */
export interface EventIssue {
  /** RFC 6901, from the whole: `/data/order/items/0/name`; empty for the whole itself. */
  pointer: string
  /** Stable, snake_case. */
  code: string
  /** A sentence that names the field and the way out. Never the value, which may be personal. */
  detail: string
}

/** One that has more problems is told the first ones. */
export const MAX_ISSUES = 20

export const THE_EVENT = 'The event'

export type Path = readonly (string | number)[]

export function issueAt(path: Path, code: string, detail: string): EventIssue {
  return { pointer: pointerTo(path), code, detail }
}

function pointerTo(path: Path): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** How a sentence calls a field: `data.order.items[0].name`. `whole` is what it begins with when all of it is meant. */
export function fieldName(path: Path, whole = THE_EVENT): string {
  if (path.length === 0) return whole
  return path.map((segment, index) => (index === 0 ? quoteOddName(segment) : nameOfStep(segment))).join('')
}

function nameOfStep(segment: string | number): string {
  return /^\d+$/.test(String(segment)) ? `[${segment}]` : `.${quoteOddName(segment)}`
}

function quoteOddName(segment: string | number): string {
  const name = String(segment)
  return /^\w+$/.test(name) ? name : JSON.stringify(name)
}
