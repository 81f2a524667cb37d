import { classifyFailure } from '../classify-failure.ts'
import type { SendingApi } from '../create-bot-api.ts'
import type { DeliveryFailure } from '../delivery-failure.ts'
import { callMethod, type CallOptions } from './call-method.ts'
import type { ContentToSend } from './content-to-send.ts'
import { sentFileId } from './sent-file-ids.ts'

export interface SentMessage {
  status: 'sent'
  /** Unique within the chat only. Of an album, its first message's. */
  telegramMessageId: number
  /** Of each file in its place, the id under which Telegram keeps it for this bot; undefined where it named none. */
  fileIds?: (string | undefined)[]
}

/**
 * Sends one message of any form: text without link preview, one file or an album of up to ten with the text as its caption.
 * An album shows no buttons: Telegram has no place for them. Never throws for an ending Telegram or the network can bring.
 *
 * @param chatId a user's or group's number, also as a decimal string, or a public channel's `@name`
 */
export async function sendMessage(
  api: SendingApi,
  chatId: number | string,
  content: ContentToSend,
  options: CallOptions = {},
): Promise<SentMessage | DeliveryFailure> {
  try {
    const messages = await callMethod(api, chatId, content, options)
    const [first] = messages
    if (first === undefined) throw new Error('Telegram answered with an album of nothing')
    const { message_id: telegramMessageId } = first
    const { media = [] } = content
    if (media.length === 0) return { status: 'sent', telegramMessageId }
    const fileIds = media.map(({ as }, index) => {
      const message = messages[index]
      return message && sentFileId(message, as)
    })
    return { status: 'sent', telegramMessageId, fileIds }
  } catch (error) {
    return toDeliveryFailure(error)
  }
}

function toDeliveryFailure(error: unknown): DeliveryFailure {
  const failure = classifyFailure(error)
  // Telegram has no reason to answer a send so; if it does, the message was refused.
  if (failure.status === 'benign' || failure.status === 'conflict') {
    return { status: 'refused', reason: 'refused_by_telegram', description: failure.description }
  }
  return failure
}
