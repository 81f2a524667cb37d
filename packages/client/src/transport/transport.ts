import type { Problem } from '../errors.ts'
import type { ReadEvent } from '../event/read-event.ts'
import type { Accepted, SendResult } from '../result.ts'

/** Why a try came to nothing, and when the next one may begin. */
export interface Trouble {
  /** A sentence's end: `the connection was reset`. */
  reason: string
  /** What was asked for. */
  retryAfterMs?: number | undefined
  status?: number | undefined
  problem?: Problem | undefined
  cause?: unknown
}

/** What one try brought an event: its end, or trouble after which the same event may be sent again. */
export type Answer<Kind extends Accepted> =
  | { status: 'ended'; result: SendResult<Kind> }
  | { status: 'again'; trouble: Trouble }

export interface Transport<Kind extends Accepted> {
  /**
   * Tries once to hand over some events.
   *
   * @returns an answer for each of them, in their order
   * @throws whatever keeps it from knowing; the same as trouble for all of them
   */
  send(events: readonly ReadEvent[], signal: AbortSignal): Promise<Answer<Kind>[]>
  close(): Promise<void>
}

/** The same answer for all. */
export function againForAll<Kind extends Accepted>(
  events: readonly ReadEvent[],
  trouble: Trouble,
): Answer<Kind>[] {
  return events.map(() => ({ status: 'again', trouble }))
}
