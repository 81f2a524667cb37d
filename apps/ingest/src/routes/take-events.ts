import { databaseAway, TimeLimitError, tooMuchWaiting } from '@postino/http'
import { DatabaseAwayError, type EventOutcome } from '../accept/create-accept-events.ts'
import { LineFullError, type WaitingLine } from '../accept/create-waiting-line.ts'
import type { IncomingEvent } from '../accept/new-event.ts'
import { nextOf } from '../accept/next-of.ts'
import type { ReadEvent } from '../body/read-event.ts'
import type { IngestMetrics } from '../metrics.ts'
import { toEventResult, type EventResult } from './event-results.ts'

export interface TakeEventsDependencies {
  line: WaitingLine<IncomingEvent, EventOutcome>
  metrics: IngestMetrics
}

/**
 * Makes the valid ones of a request's events durable and says in order what became of each. Ends with a problem when
 * that cannot be known: nothing is answered for an event that is not committed.
 */
export async function takeEvents(
  { line, metrics }: TakeEventsDependencies,
  shopId: string,
  events: ReadEvent[],
): Promise<EventResult[]> {
  const incoming = events.flatMap((read): IncomingEvent[] => (read.status === 'valid' ? [read.event] : []))
  const outcomes = incoming.length === 0 ? [] : await waitInLine(line, shopId, incoming).catch(refuse)
  const results = outcomes.map(toEventResult).values()
  return events.map((read): EventResult => {
    if (read.status === 'valid') return nextOf(results)
    metrics.countEvent('http', 'unknown', 'invalid')
    return read
  })

  function refuse(error: unknown): never {
    for (const { kind } of incoming) metrics.countEvent('http', kind, 'overloaded')
    throw error
  }
}

async function waitInLine(
  line: TakeEventsDependencies['line'],
  shopId: string,
  incoming: IncomingEvent[],
): Promise<EventOutcome[]> {
  try {
    return await line.add(shopId, incoming)
  } catch (error) {
    if (error instanceof LineFullError) throw tooMuchWaiting(error.scope)
    if (error instanceof TimeLimitError || error instanceof DatabaseAwayError) throw databaseAway(error)
    throw error
  }
}
