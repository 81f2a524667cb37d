import type { Claim, SendResult } from '@postino/database'
import { REASONS } from '@postino/domain'
import type { DeliveryFailure } from '@postino/telegram'

export type ClaimedMessage = Extract<Claim, { status: 'sending' }>

/** What else an answer means, beside the message's own status. */
export type Consequence =
  | { kind: 'cool_chat'; retryAfterSeconds: number }
  | { kind: 'close_registration'; status: 'blocked' | 'revoked' }
  | { kind: 'move_chat'; chatId: string }
  | { kind: 'park_bot'; reason: string }
  | { kind: 'pause_turn' }

export interface Settlement {
  result: Pick<
    SendResult,
    'status' | 'reason' | 'detail' | 'telegramMessageId' | 'dueInMs' | 'countsAsAttempt'
  >
  consequence?: Consequence
}

const RETRY_FIRST_MS = 1_000
const RETRY_LAST_MS = 60_000

/**
 * The one place where an answer of Telegram becomes a status (design: what each answer means). `random` in [0, 1)
 * spreads retries so that bots do not come back all at once.
 */
export function settle(
  answer: { status: 'sent'; telegramMessageId: number } | DeliveryFailure,
  message: { attempts: number },
  random: number,
): Settlement {
  switch (answer.status) {
    case 'sent':
      return {
        result: { status: 'sent', telegramMessageId: answer.telegramMessageId, countsAsAttempt: true },
      }
    case 'flooded':
      // Back in place: the wait is Telegram's wish, not a failure of the message.
      return {
        result: { status: 'queued', dueInMs: answer.retryAfterSeconds * 1_000, countsAsAttempt: false },
        consequence: { kind: 'cool_chat', retryAfterSeconds: answer.retryAfterSeconds },
      }
    case 'unreachable':
      return {
        result: {
          status: 'rejected',
          reason: answer.reason,
          detail: answer.description,
          countsAsAttempt: true,
        },
        // Who blocked the bot or never started it can come back; the others are gone.
        consequence: {
          kind: 'close_registration',
          status:
            answer.reason === 'bot_blocked' || answer.reason === 'never_started' ? 'blocked' : 'revoked',
        },
      }
    case 'migrated':
      return {
        result: { status: 'queued', dueInMs: 0, countsAsAttempt: false },
        consequence: { kind: 'move_chat', chatId: answer.chatId },
      }
    case 'refused':
      return {
        result: {
          // Rights are the chat's affair, everything else about a message is ours or the template's.
          status: answer.reason in REASONS.rejected ? 'rejected' : 'failed',
          reason: answer.reason,
          detail: answer.description,
          countsAsAttempt: true,
        },
      }
    case 'bot_broken':
      return {
        result: { status: 'queued', dueInMs: 0, countsAsAttempt: false },
        consequence: { kind: 'park_bot', reason: `${answer.reason}: ${answer.description}` },
      }
    case 'not_sent':
      return {
        result: { status: 'queued', dueInMs: retryDelayMs(message.attempts, random), countsAsAttempt: true },
        consequence: { kind: 'pause_turn' },
      }
    case 'unknown':
      return {
        result: {
          status: 'unknown',
          reason: answer.reason,
          detail: answer.description,
          countsAsAttempt: true,
        },
      }
  }
}

function retryDelayMs(attempts: number, random: number): number {
  const delayMs = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 10))
  return Math.round(delayMs * (0.5 + random / 2))
}

/** How the flood window sees a message: chats with a negative id are groups and channels. */
export function callOf(message: ClaimedMessage) {
  const chatKind = message.chatId.startsWith('-') ? 'group' : 'private'
  return { chat: message.chatId, chatKind, cost: 1 } as const
}
