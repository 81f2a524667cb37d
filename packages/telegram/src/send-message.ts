import type { MessageButton, MessageContent } from '@postino/domain'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import { classifyFailure } from './classify-failure.ts'
import type { BotApi } from './create-bot-api.ts'
import type { DeliveryFailure } from './delivery-failure.ts'
import { toGrammySignal } from './grammy-signal.ts'

export interface SentMessage {
  status: 'sent'
  /** Unique within the chat only. */
  telegramMessageId: number
  /** As Telegram keeps it: without markup, trimmed. */
  text?: string
}

export interface SendOptions {
  /** Lets Telegram charge Stars for what exceeds the free 30 a second. Default false. */
  paidBroadcast?: boolean
  /** Gives the call up; what it had not sent by then is `not_sent`. */
  signal?: AbortSignal
}

/**
 * Sends one message: HTML, link buttons, no link preview. Never throws for an ending Telegram or the network can bring.
 *
 * @param chatId a user's or group's number, also as a decimal string, or a public channel's `@name`
 */
export async function sendMessage(
  api: BotApi,
  chatId: number | string,
  content: MessageContent,
  options: SendOptions = {},
): Promise<SentMessage | DeliveryFailure> {
  try {
    const { message_id: telegramMessageId, text } = await api.raw.sendMessage(
      {
        chat_id: chatId,
        text: content.html,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        disable_notification: content.silent,
        protect_content: content.protect === true ? true : undefined,
        reply_markup: inlineKeyboard(content.buttons),
        allow_paid_broadcast: options.paidBroadcast === true ? true : undefined,
      },
      options.signal && toGrammySignal(options.signal),
    )
    return { status: 'sent', telegramMessageId, text }
  } catch (error) {
    return toDeliveryFailure(error)
  }
}

function inlineKeyboard(rows: MessageButton[][]): InlineKeyboardMarkup | undefined {
  return rows.length === 0 ? undefined : { inline_keyboard: rows.map((row) => row.map(inlineButton)) }
}

function inlineButton(button: MessageButton): InlineKeyboardButton {
  if ('url' in button) return { text: button.text, url: button.url }
  return { text: button.text, callback_data: button.callbackData }
}

function toDeliveryFailure(error: unknown): DeliveryFailure {
  const failure = classifyFailure(error)
  // Telegram has no reason to answer a send so; if it does, the message was refused.
  if (failure.status === 'benign' || failure.status === 'conflict') {
    return { status: 'refused', reason: 'refused_by_telegram', description: failure.description }
  }
  return failure
}
