import type { EventIssue } from './event/issue.ts'

/** A problem document of RFC 9457, as Postino answers errors. */
export interface Problem {
  type?: string
  title?: string
  status?: number
  detail?: string
  [member: string]: unknown
}

interface Facts {
  /** Of the event. One that failed may be sent again under it, and counts once. */
  eventId?: string | undefined
  /** Of the answer. */
  status?: number | undefined
  problem?: Problem | undefined
  issues?: EventIssue[] | undefined
  cause?: unknown
}

/** What all errors of this package are. None of them holds the API key, a password or an event. */
export abstract class PostinoError extends Error {
  /** Stable, for programs. */
  abstract readonly code: string
  /** Of the event. One that failed may be sent again under it, and counts once. */
  readonly eventId: string | undefined
  /** The status of the HTTP answer, if there was one. */
  readonly status: number | undefined
  /** What the answer said, if it was a problem document. */
  readonly problem: Problem | undefined
  /** What is wrong with the event, field by field. */
  readonly issues: readonly EventIssue[]

  constructor(message: string, { eventId, status, problem, issues = [], cause }: Facts = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.eventId = eventId
    this.status = status
    this.problem = problem
    this.issues = issues
  }
}

/** The event cannot be sent as it is, or Postino refused it: `issues` says why. Sending it again changes nothing. */
export class InvalidEventError extends PostinoError {
  override readonly name = 'InvalidEventError'
  override readonly code = 'invalid'
}

/** An event of this id was accepted before, saying something else. A new event needs a new id. */
export class ConflictError extends PostinoError {
  override readonly name = 'ConflictError'
  override readonly code = 'conflict'
}

/** Postino or Redis does not take events from this client: the key or password, its rights, the address. */
export class RefusedError extends PostinoError {
  override readonly name = 'RefusedError'
  override readonly code = 'refused'
}

/** No answer within `retryForMs`, or none but "later". The event may have arrived. */
export class UnavailableError extends PostinoError {
  override readonly name = 'UnavailableError'
  override readonly code = 'unavailable'
}

/** More waits than `maxPending` or `maxPendingBytes` allow, and the client was told not to wait. Nothing was sent. */
export class OverloadedError extends PostinoError {
  override readonly name = 'OverloadedError'
  override readonly code = 'overloaded'
}

/** The client is closed. What it had begun to send may have arrived. */
export class ClosedError extends PostinoError {
  override readonly name = 'ClosedError'
  override readonly code = 'closed'
}
