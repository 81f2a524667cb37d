/** What a contact agrees to. Consent is asked, given and withdrawn for one purpose at a time. */
export const PURPOSES = [
  'order_updates',
  'cart_reminders',
  'messages',
  'activities',
  'documents',
  'reminders',
  'marketing',
] as const

export type Purpose = (typeof PURPOSES)[number]

/** 0 transactional, 1 reminder, 2 bulk: the order in which one bot's messages leave. */
export type Lane = 0 | 1 | 2
