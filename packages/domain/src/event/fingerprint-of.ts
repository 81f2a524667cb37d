import { hash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import type { ShopEvent } from './parse-event.ts'

/**
 * SHA-256, in hex, of what an event says: the same for the same event in any form and any order of members. The trace
 * context is left out, since a client that sends again is in another trace.
 *
 * @param json its canonical JSON, for whoever has it
 */
export function fingerprintOf(event: ShopEvent, json?: string): string {
  const { traceparent, tracestate, ...said } = event
  const isTraced = traceparent !== undefined || tracestate !== undefined
  return hash('sha256', json === undefined || isTraced ? canonicalJson(said) : json)
}
