import { MAX_BATCH_EVENTS } from '@postino/domain'
import { ProblemError } from './problem-error.ts'

/** Long enough for a flush or two to pass, short enough for a client that waits. */
const FULL_RETRY_SECONDS = 1
const AWAY_RETRY_SECONDS = 5

export function tooManyEvents(): ProblemError {
  return new ProblemError('too-large', {
    detail: `A batch may have ${MAX_BATCH_EVENTS} events; send it in parts.`,
  })
}

/** `connection: close` lets the server drop what the client is still sending. */
export function tooLarge(limitBytes: number): ProblemError {
  return new ProblemError('too-large', {
    detail: `The body is larger than ${limitBytes} bytes. An event may have 64 KiB, a batch 4 MiB and 500 events.`,
    headers: { connection: 'close' },
  })
}

export function tooMuchWaiting(scope: 'shop_full' | 'full'): ProblemError {
  const headers = { 'retry-after': String(FULL_RETRY_SECONDS) }
  return scope === 'shop_full'
    ? new ProblemError('too-many-requests', {
        detail:
          'More of your events are waiting than your share of the line allows. Send them again a little later.',
        headers,
      })
    : new ProblemError('unavailable', {
        detail: 'More events are waiting than can be taken right now. Send them again a little later.',
        headers,
      })
}

/** Postgres is away or too slow: nothing can be made durable. What may have been recorded is safe to send again. */
export function databaseAway(cause: unknown): ProblemError {
  return new ProblemError('unavailable', {
    detail:
      'The database does not answer. Send the same again a little later: an event id is only ever taken once.',
    headers: { 'retry-after': String(AWAY_RETRY_SECONDS) },
    cause,
  })
}
