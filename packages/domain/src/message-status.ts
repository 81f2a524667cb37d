/** The life of a message, one row from acceptance to its end. */
export const MESSAGE_STATUSES = [
  'accepted',
  'queued',
  'sending',
  'sent',
  'rejected',
  'suppressed',
  'superseded',
  'expired',
  'failed',
  'unknown',
] as const

export type MessageStatus = (typeof MESSAGE_STATUSES)[number]

/**
 * The only legal moves. `sending` goes back to `queued` when Telegram surely did not take the message, and from
 * `unknown` there is one way, its single resend.
 */
export const MESSAGE_TRANSITIONS: Record<MessageStatus, readonly MessageStatus[]> = {
  accepted: ['queued', 'suppressed', 'superseded', 'expired', 'failed'],
  queued: ['sending', 'suppressed', 'superseded', 'expired', 'failed'],
  sending: ['sent', 'queued', 'rejected', 'failed', 'unknown', 'suppressed'],
  unknown: ['sending'],
  sent: [],
  rejected: [],
  suppressed: [],
  superseded: [],
  expired: [],
  failed: [],
}

export function canMove(from: MessageStatus, to: MessageStatus): boolean {
  return MESSAGE_TRANSITIONS[from].includes(to)
}

/** True when no move is left. `unknown` is not final by itself: only its row tells whether the resend was spent. */
export function isFinal(status: MessageStatus): boolean {
  return MESSAGE_TRANSITIONS[status].length === 0
}
