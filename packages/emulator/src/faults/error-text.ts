import type { Refusal } from '../methods/refused-error.ts'
import type { Fault } from './fault.ts'

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error: restart',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** The answer of an `error` fault. A 429 without `retry_after` asks for five seconds, as a server shutting down. */
export function errorAnswer(fault: Extract<Fault, { kind: 'error' }>): Refusal {
  const { code } = fault
  const retryAfter = fault.retry_after ?? (code === 429 ? 5 : undefined)
  const described = DESCRIPTIONS[code] ?? 'Internal Server Error'
  const usual = code === 429 ? `Too Many Requests: retry after ${retryAfter}` : described
  const description = fault.description ?? usual
  if (retryAfter === undefined) return { status: 'refused', code, description }
  return { status: 'refused', code, description, parameters: { retry_after: retryAfter } }
}
