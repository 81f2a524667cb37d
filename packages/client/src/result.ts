import type { EventIssue } from './event/issue.ts'

/** A message that will tell one person of the event. */
export interface AcceptedMessage {
  /** `GET /v1/messages/<id>` shows its whole way. */
  id: string
  /** The `external_id` of the person. */
  recipient: string
  /** The part the person plays in the event: `customer`, `assignee` … */
  role: string
}

/** The event is committed in Postgres: Postino will not lose it. */
export interface AcceptedOverHttp {
  status: 'accepted'
  id: string
  /** Together with the id it names the event; `/` when the event named none. */
  source: string
  messages: AcceptedMessage[]
}

/** The event is in the shop's stream: Redis has it, and Postgres a moment later, when Postino has read it. */
export interface AcceptedOverRedis {
  status: 'accepted'
  id: string
  /** Of its entry in the stream: `1795248000000-0`. */
  entryId: string
}

export type Accepted = AcceptedOverHttp | AcceptedOverRedis

/** What became of an event that was not accepted. */
export type NotAccepted =
  /** It cannot be sent, or Postino refused it; mend it. `id` is empty when the event's id is no text. */
  | { status: 'invalid'; id: string; issues: EventIssue[] }
  /** Its id was used before, for an event that said something else. */
  | { status: 'conflict'; id: string; source: string }
  /** `error` says why: most often nobody knows whether it arrived. Sent again under this id, it counts once. */
  | { status: 'failed'; id: string; error: Error }

export type SendResult<Kind extends Accepted = Accepted> = Kind | NotAccepted
