import { hash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import type { ShopEvent } from './parse-event.ts'

/**
 * SHA-256, in hex, of what an event says: the same for the same event in any form and any order of members. The trace
 * context is left out, since a client that sends again is in another trace.
 */
export function fingerprintOf(event: ShopEvent): string {
  const { traceparent: _traceparent, tracestate: _tracestate, ...said } = event
  return hash('sha256', canonicalJson(said))
}
