/**
 * Kinds of data that are not kept for ever, each cleared away by itself. `event_data`: what events say; `message_content`: what
 * messages say; `messages`, `events`: the facts, with calls and presses; `consent_visitors`: whence a consent came; the others are tables. All by shop.
 */
export const RETENTION_KINDS = [
  'event_data',
  'message_content',
  'messages',
  'events',
  'optin_links',
  'consent_visitors',
  'consent_details',
] as const

export type RetentionKind = (typeof RETENTION_KINDS)[number]
