import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import {
  classifyDatabaseFailure,
  type Acceptance,
  type AcceptedMessage,
  type NewEvent,
} from '@postino/database'
import type { IncomingEvent } from './new-event.ts'

export type EventOutcome =
  | { status: 'accepted'; id: string; source: string; messages: AcceptedMessage[]; isFresh: boolean }
  /** The id was taken before, by an event that says something else. */
  | { status: 'conflict'; id: string; source: string }
  /** Postgres will never store this event: a hole in the checks before. */
  | { status: 'unstorable'; id: string; source: string; cause: unknown }

/** Nothing can be made durable right now; sending the same events again is safe. */
export class DatabaseAwayError extends Error {
  override readonly name = 'DatabaseAwayError'
}

export interface AcceptEventsDependencies {
  /** Commits the events, all or none, and answers in their order. May be asked for the same events again. */
  record: (events: NewEvent[]) => Promise<Acceptance[]>
  /** Asks for messages to be rendered. Never rejects: the sweeper is the net below. */
  enqueue: (messageIds: string[]) => Promise<void>
  /** Told what became of each event. */
  onOutcome: (event: IncomingEvent, outcome: EventOutcome) => void
}

/** Outcomes in the order of the events. */
export type AcceptEvents = (events: IncomingEvent[]) => Promise<EventOutcome[]>

const MAX_TRIES = 4

/**
 * Makes a batch of parsed events durable, has their messages rendered, and answers in order. An event that cannot be
 * stored is alone in that. Rejects with DatabaseAwayError; some of the events may be recorded then.
 */
export function createAcceptEvents({ record, enqueue, onOutcome }: AcceptEventsDependencies): AcceptEvents {
  async function recordEach(events: NewEvent[]): Promise<EventOutcome[]> {
    try {
      const acceptances = await recordStubbornly(record, events)
      return acceptances.map(toOutcome)
    } catch (error) {
      const failure = classifyDatabaseFailure(error)
      if (failure === 'bug') throw error
      if (failure !== 'data') throw new DatabaseAwayError('events cannot be recorded', { cause: error })
      return await recordHalves(events, error)
    }
  }

  // One event spoils the statement for all of them; halving finds it in few statements.
  async function recordHalves(events: NewEvent[], cause: unknown): Promise<EventOutcome[]> {
    const [first] = events
    if (events.length === 1 && first !== undefined) {
      return [{ status: 'unstorable', id: first.eventId, source: first.source, cause }]
    }
    const middle = Math.ceil(events.length / 2)
    const left = await recordEach(events.slice(0, middle))
    return [...left, ...(await recordEach(events.slice(middle)))]
  }

  return async function acceptEvents(events) {
    const outcomes = await recordEach(events)
    await enqueue(outcomes.flatMap(messagesToRender))
    for (const [index, outcome] of outcomes.entries()) {
      const event = events[index]
      assert(event !== undefined, 'an outcome for each event')
      onOutcome(event, outcome)
    }
    return outcomes
  }
}

/** Repeats what lost against another transaction or with its connection; ids make that safe. */
async function recordStubbornly(
  record: AcceptEventsDependencies['record'],
  events: NewEvent[],
): Promise<Acceptance[]> {
  let wasLost = false
  for (let tries = 1; ; tries++) {
    try {
      const acceptances = await record(events)
      // A commit whose answer was lost makes all of them look like repeats, though nobody asked for their messages yet.
      return wasLost ? acceptances.map((acceptance) => ({ ...acceptance, fresh: true })) : acceptances
    } catch (error) {
      const failure = classifyDatabaseFailure(error)
      if (tries === MAX_TRIES || (failure !== 'retry' && failure !== 'lost')) throw error
      wasLost ||= failure === 'lost'
      await delay(2 ** tries * 5 * (1 + Math.random()))
    }
  }
}

function toOutcome(acceptance: Acceptance): EventOutcome {
  const { eventId: id, source } = acceptance
  if (acceptance.status === 'conflict') return { status: 'conflict', id, source }
  return { status: 'accepted', id, source, messages: acceptance.messages, isFresh: acceptance.fresh }
}

function messagesToRender(outcome: EventOutcome): string[] {
  if (outcome.status !== 'accepted' || !outcome.isFresh) return []
  return outcome.messages.map((message) => message.id)
}
