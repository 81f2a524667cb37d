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
 * The only legal moves. `queued` goes back to `accepted` when quiet hours begin before its turn came. `sending` goes back to `queued` when Telegram surely did not take the message, or ends as
 * `suppressed` when its person was erased meanwhile. From `unknown` a
 * message is sent once more, or a late answer to the first call still tells what became of it; that it surely was not
 * taken brings it no place in the order back, only its resend.
 */
export const MESSAGE_TRANSITIONS: Record<MessageStatus, readonly MessageStatus[]> = {
  accepted: ['queued', 'suppressed', 'superseded', 'expired', 'failed'],
  queued: ['accepted', 'sending', 'suppressed', 'superseded', 'expired', 'failed'],
  sending: ['sent', 'queued', 'rejected', 'suppressed', 'failed', 'unknown'],
  unknown: ['sending', 'sent', 'rejected', 'failed'],
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
