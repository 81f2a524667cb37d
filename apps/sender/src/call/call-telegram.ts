import type { Logger } from '@postino/runtime'
import { sendMessage, type SendingApi, type CallOptions, type ContentToSend } from '@postino/telegram'

/** What came of a call: sent, or why not. */
export type Answer = Awaited<ReturnType<typeof sendMessage>>

export interface MessageToSend {
  shopId: string
  id: string
  chatId: string
  content: ContentToSend
}

export type CallTelegram = (
  api: SendingApi,
  message: MessageToSend,
  options?: Pick<CallOptions, 'paidBroadcast'>,
) => Promise<Answer>

// Descriptions are for people to read, and stay in the trail.
const DESCRIPTION_MAX_CHARS = 500
// Telegram's own numbers are 32 bits wide. A wait of 0 would be no wait at all.
const RETRY_AFTER_MIN_SECONDS = 1
const RETRY_AFTER_MAX_SECONDS = 2 ** 31 - 1

/** Makes one call. It always comes to an answer, and to one that Postgres can keep. */
export function createCallTelegram({ logger }: { logger: Logger }): CallTelegram {
  return async function callTelegram(api, message, options) {
    try {
      return storable(await sendMessage(api, message.chatId, message.content, options))
    } catch (error) {
      // Not foreseen, so nobody can say whether the call had left: neither sent nor failed.
      logger.error({ err: error, shop: message.shopId, message: message.id }, 'message.call_broke')
      const description = 'the end of the call was not understood'
      return { status: 'unknown', reason: 'server_error', description }
    }
  }
}

/** Who answers may not be Telegram itself: what Postgres refuses would hold up the results of all bots. */
function storable(answer: Answer): Answer {
  if (answer.status === 'sent') return answer
  // Cut first: half a character at the end is mended like any other.
  const description = answer.description.slice(0, DESCRIPTION_MAX_CHARS).toWellFormed().replaceAll('\0', '')
  if (answer.status !== 'flooded') return { ...answer, description }
  const atLeastSeconds = Math.max(RETRY_AFTER_MIN_SECONDS, answer.retryAfterSeconds)
  return { ...answer, description, retryAfterSeconds: Math.min(RETRY_AFTER_MAX_SECONDS, atLeastSeconds) }
}
