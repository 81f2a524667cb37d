import { findFlaws } from './find-flaws.ts'
import { issueAt, type EventIssue } from './issue.ts'
import { MAX_EVENT_BYTES } from './limits.ts'
import { newEventId } from './new-event-id.ts'

/** An event as it will be sent, in every try the same. */
export interface ReadEvent {
  id: string
  json: string
  sizeBytes: number
}

export type EventReading =
  | { status: 'read'; event: ReadEvent }
  | { status: 'invalid'; id: string; issues: EventIssue[] }

/** Makes an event ready to be sent: from now on the caller may change it. One without an id gets one, once. */
export function readEvent(given: unknown): EventReading {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return invalid('', [issueAt([], 'wrong_type', 'must be a JSON object')])
  }
  const { id: givenId, ...rest }: { id?: unknown } = given
  const event = { id: givenId ?? newEventId(), ...rest }
  const id = typeof event.id === 'string' ? event.id : ''
  try {
    const issues = findFlaws(event)
    if (issues.length > 0) return invalid(id, issues)
    const json = JSON.stringify(event)
    const sizeBytes = Buffer.byteLength(json)
    if (sizeBytes > MAX_EVENT_BYTES) return invalid(id, [TOO_LARGE])
    return { status: 'read', event: { id, json, sizeBytes } }
  } catch {
    // A getter, a proxy or a toJSON that throws: JSON has none of these.
    return invalid(id, [{ pointer: '', code: 'not_json', detail: 'The event cannot be read as JSON.' }])
  }
}

const TOO_LARGE = issueAt(
  [],
  'too_large',
  `is larger than ${MAX_EVENT_BYTES} bytes; send large things by URL`,
)

function invalid(id: string, issues: EventIssue[]): EventReading {
  return { status: 'invalid', id, issues }
}
