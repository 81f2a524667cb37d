import { ProblemError } from './problem-error.ts'
import { PROBLEMS } from './problems.ts'

/** Long enough for what waits to move on, short enough for a client that waits. */
const FULL_RETRY_SECONDS = 1
const AWAY_RETRY_SECONDS = 5

export function notFound(): ProblemError {
  return new ProblemError(PROBLEMS['not-found'], {
    detail: 'Nothing is found at this URL. The reference is at /docs.',
  })
}

/** `connection: close` lets the server drop what the client is still sending. */
export function tooLarge(limitBytes: number, hint = ''): ProblemError {
  return new ProblemError(PROBLEMS['too-large'], {
    detail: `The body is larger than ${limitBytes} bytes.${hint}`,
    headers: { connection: 'close' },
  })
}

/** Something bounded is used up: this shop's share of it, or all of it. */
export function tooMuchWaiting(scope: 'shop_full' | 'full'): ProblemError {
  const headers = { 'retry-after': String(FULL_RETRY_SECONDS) }
  return scope === 'shop_full'
    ? new ProblemError(PROBLEMS['too-many-requests'], {
        detail: 'More of what you sent is waiting than your share allows. Send it again a little later.',
        headers,
      })
    : new ProblemError(PROBLEMS.unavailable, {
        detail: 'More is waiting than can be taken right now. Send it again a little later.',
        headers,
      })
}

/** Postgres is away or too slow. */
export function databaseAway(cause: unknown): ProblemError {
  return new ProblemError(PROBLEMS.unavailable, {
    detail: 'The database does not answer. Send the same again a little later; that does no harm.',
    headers: { 'retry-after': String(AWAY_RETRY_SECONDS) },
    cause,
  })
}
