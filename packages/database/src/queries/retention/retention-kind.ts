/**
 * Kinds of data that are not kept for ever, each cleared away by itself, of all shops together, in this order: content goes
 * before what carries it. `event_data`: what events say; `message_content`: what messages say; `messages`, `events`: the
 * facts, with calls and presses; `consent_visitors`: whence a consent came; the others are tables.
 */
export const RETENTION_KINDS = [
  'telegram_updates',
  'event_data',
  'message_content',
  'messages',
  'events',
  'rejected_events',
  'optin_links',
  'consent_visitors',
  'consent_details',
] as const

export type RetentionKind = (typeof RETENTION_KINDS)[number]

export interface OldBatch {
  kind: RetentionKind
  /** Days of 24 hours, by the clock of Postgres. */
  olderThanDays: number
  /** What the batch before gave as `next`; undefined: begin where all older is known to be done. */
  from?: string | undefined
}

export interface ClearedBatch {
  /** Rows that were changed or deleted. */
  rows: number
  /** Where to go on; undefined when nothing older is left, or what is left has to wait. */
  next?: string | undefined
}
