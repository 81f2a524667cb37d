import assert from 'node:assert/strict'
import type { AcceptedMessage } from '@postino/database'
import type { EventIssue } from '@postino/domain'
import { ProblemError, type ProblemDetailError } from '@postino/http'
import type { EventOutcome } from '../accept/create-accept-events.ts'
import { EVENT_PROBLEMS } from '../problem/event-problems.ts'

/** What became of one event that was sent. */
export type EventResult =
  | { status: 'accepted'; id: string; source: string; messages: AcceptedMessage[] }
  | { status: 'conflict'; id: string; source: string }
  | { status: 'invalid'; issues: EventIssue[] }

export function toEventResult(outcome: EventOutcome): EventResult {
  const { status, id, source } = outcome
  switch (status) {
    case 'accepted':
      return { status, id, source, messages: outcome.messages }
    case 'conflict':
      return { status, id, source }
    case 'unstorable':
      return { status: 'invalid', issues: [UNSTORABLE] }
  }
}

const UNSTORABLE: EventIssue = {
  pointer: '',
  code: 'unstorable',
  detail: 'The event cannot be stored as it is.',
}

/** The body of a 202 for an event that was sent alone, or the problem it has. */
export function singleAnswer([result]: EventResult[]): object {
  assert(result !== undefined, 'one event, one result')
  if (result.status !== 'accepted') throw problemOf(result)
  return publicResult(result)
}

/** An event that was not taken. */
export type BadResult = Exclude<EventResult, { status: 'accepted' }>

/** The problem of an event that came alone. */
export function problemOf(result: BadResult): ProblemError {
  switch (result.status) {
    case 'conflict': {
      const { id, source } = result
      return new ProblemError(EVENT_PROBLEMS.conflict, {
        detail: conflictDetail(id, source),
        errors: issuesOf(result),
        members: { id, source },
      })
    }
    case 'invalid':
      return new ProblemError(EVENT_PROBLEMS['invalid-event'], {
        detail: 'Mend what errors names, and send the event again.',
        errors: result.issues,
      })
  }
}

/** The body of a 202 when all went well; else a problem that names the bad and shows what became of each. */
export function batchAnswer(results: EventResult[]): object {
  const events = results.map(publicResult)
  const errors = results.flatMap((result, index) => issuesOf(result).map((issue) => ({ index, ...issue })))
  if (errors.length === 0) return { events }
  const acceptedCount = results.filter((result) => result.status === 'accepted').length
  throw new ProblemError(EVENT_PROBLEMS['invalid-batch'], {
    detail: `${acceptedCount} of ${results.length} events were accepted; errors names what is wrong with the others.`,
    errors,
    members: { events },
  })
}

function publicResult(result: EventResult): object {
  switch (result.status) {
    case 'accepted':
    case 'conflict':
      return result
    case 'invalid':
      return { status: result.status }
  }
}

function issuesOf(result: EventResult): ProblemDetailError[] {
  switch (result.status) {
    case 'accepted':
      return []
    case 'conflict':
      return [{ pointer: '/id', code: 'conflict', detail: conflictDetail(result.id, result.source) }]
    case 'invalid':
      return result.issues
  }
}

function conflictDetail(id: string, source: string): string {
  return `The event ${id} of ${source} was accepted before, saying something else. A new event needs a new id.`
}
