import { EVENT_KINDS, exampleAt, parseEvent, recipientsOf, type EventKind } from '@postino/domain'

export interface DemoEvent {
  kind: EventKind
  id: string
  body: string
  recipients: string[]
}

/** One event of every kind, with ids of this run so that a second run is not taken for a repeat. */
export function demoEvents(run: string): DemoEvent[] {
  const nowMs = Date.now()
  return EVENT_KINDS.map((kind) => {
    const input = { ...exampleAt(kind, nowMs), id: `demo-${run}-${kind}` }
    const parsed = parseEvent(input, { nowMs })
    if (parsed.status === 'invalid')
      throw new Error(`the example of ${kind} is not valid: ${JSON.stringify(parsed.issues)}`)
    const recipients = recipientsOf(parsed.event).map(({ person }) => person.external_id)
    return { kind, id: input.id, body: JSON.stringify(input), recipients }
  })
}
