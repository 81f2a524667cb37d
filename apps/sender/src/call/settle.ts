import type { SendResult } from '@postino/database'
import { REASONS } from '@postino/domain'
import type { Answer } from './call-telegram.ts'

/** What else an answer means, beside the message's own status. */
export type Consequence =
  | { kind: 'cool_chat'; retryAfterSeconds: number }
  | { kind: 'close_registration'; status: 'blocked' | 'revoked' }
  | { kind: 'move_chat'; chatId: string }
  | { kind: 'park_bot'; reason: string }
  | { kind: 'pause_turn' }
  | { kind: 'stop_paying' }

export interface Settlement {
  result: Pick<
    SendResult,
    'status' | 'reason' | 'detail' | 'telegramMessageId' | 'dueInMs' | 'countsAsAttempt'
  >
  consequence?: Consequence
}

/** What a message and its call were like, as far as its status depends on it. */
interface Circumstances {
  attempts: number
  chatId: string
  /** Telegram was told that it may charge for it. */
  isPaid?: boolean
  /** Its files can go another way than the one that was refused. */
  hasAnotherWay?: boolean
}

const RETRY_FIRST_MS = 1_000
const RETRY_LAST_MS = 60_000
const BACK_IN_PLACE = { status: 'queued', dueInMs: 0, countsAsAttempt: false } as const
// A day of tries, one a minute. Who is told later than that is better not told.
const MOST_ATTEMPTS = 1_440

/**
 * The one place where an answer of Telegram becomes a status (design: what each answer means). `random` in [0, 1)
 * spreads retries so that bots do not come back all at once.
 */
export function settle(answer: Answer, message: Circumstances, random: number): Settlement {
  switch (answer.status) {
    case 'sent': {
      const { telegramMessageId: id } = answer
      const telegramMessageId = Number.isSafeInteger(id) ? id : undefined
      return { result: { status: 'sent', telegramMessageId, countsAsAttempt: true } }
    }
    case 'flooded':
      // Back in place: the wait is Telegram's wish, not a failure of the message.
      return {
        result: { status: 'queued', dueInMs: answer.retryAfterSeconds * 1_000, countsAsAttempt: false },
        consequence: { kind: 'cool_chat', retryAfterSeconds: answer.retryAfterSeconds },
      }
    case 'unreachable':
      return {
        result: ended('rejected', answer),
        // Who blocked the bot or never started it can come back; the others are gone.
        consequence: {
          kind: 'close_registration',
          status:
            answer.reason === 'bot_blocked' || answer.reason === 'never_started' ? 'blocked' : 'revoked',
        },
      }
    case 'migrated':
      // To where it was sent already: there is nothing to follow, and no end to it.
      if (answer.chatId === message.chatId) {
        return { result: ended('rejected', { ...answer, reason: 'refused_by_telegram' }) }
      }
      return {
        result: BACK_IN_PLACE,
        consequence: { kind: 'move_chat', chatId: answer.chatId },
      }
    case 'refused':
      // What Telegram says when a bot may not pay, or has no Stars left, is written nowhere.
      if (message.isPaid === true && isUnknownRefusal(answer)) {
        return { result: BACK_IN_PLACE, consequence: { kind: 'stop_paying' } }
      }
      if (message.hasAnotherWay === true) return { result: BACK_IN_PLACE }
      // Rights are the chat's affair, everything else about a message is ours or the template's.
      return { result: ended(answer.reason in REASONS.rejected ? 'rejected' : 'failed', answer) }
    case 'bot_broken':
      return {
        result: BACK_IN_PLACE,
        consequence: { kind: 'park_bot', reason: `${answer.reason}: ${answer.description}` },
      }
    case 'not_sent':
      return { result: retried(answer, message.attempts, random), consequence: { kind: 'pause_turn' } }
    case 'unknown':
      return { result: ended('unknown', answer) }
  }
}

/** A refusal for what we do not know. */
export function isUnknownRefusal(answer: Answer): boolean {
  return answer.status === 'refused' && answer.reason === 'refused_by_telegram'
}

function ended(
  status: 'rejected' | 'failed' | 'unknown',
  { reason, description }: { reason: string; description: string },
): Settlement['result'] {
  return { status, reason, detail: description, countsAsAttempt: true }
}

/** Waits twice as long each time, up to a minute, less up to half of it by chance. */
function retried(answer: { description: string }, attempts: number, random: number): Settlement['result'] {
  if (attempts + 1 >= MOST_ATTEMPTS) return ended('failed', { ...answer, reason: 'telegram_unreachable' })
  const delayMs = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 10))
  return { status: 'queued', dueInMs: Math.round(delayMs * (1 - random / 2)), countsAsAttempt: true }
}
