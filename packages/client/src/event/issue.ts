/** What is wrong with an event. The client's own issues and Postino's have the same codes and sentences. */
export interface EventIssue {
  /** RFC 6901, from the event: `/data/order/items/0/name`; empty for the event itself. */
  pointer: string
  /** Stable, for programs: `required`, `too_large` … */
  code: string
  /** A sentence that names the field and the way out; never the value. */
  detail: string
}

export type Path = readonly (string | number)[]

export function issueAt(path: Path, code: string, problem: string): EventIssue {
  const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  return { pointer, code, detail: `${fieldName(path)} ${problem}.` }
}

/** `data.order.items[0].name` */
function fieldName(path: Path): string {
  if (path.length === 0) return 'The event'
  return path.map((step, index) => (index === 0 ? quoteOddName(step) : nameOfStep(step))).join('')
}

function nameOfStep(step: string | number): string {
  return /^\d+$/.test(String(step)) ? `[${step}]` : `.${quoteOddName(step)}`
}

function quoteOddName(step: string | number): string {
  return /^\w+$/.test(String(step)) ? String(step) : JSON.stringify(String(step))
}
