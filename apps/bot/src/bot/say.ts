import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import type { BotContext } from './bot-context.ts'

/** The context of an update that came from a private chat. */
export type ChatContext = BotContext & { chat: { id: number } }

/**
 * Writes into the chat once the update's effect is kept. Of two sayings with the same name that still wait, only the
 * younger is said: whoever asks for help ten times in a second wants to be helped once.
 */
export function say(
  context: ChatContext,
  saying: {
    name: string
    html: string
    /** Under the message, or below the text field. */
    keyboard?: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
  },
): void {
  const { chat, api, outbox } = context
  const { name, html, keyboard } = saying
  const call = () =>
    api.sendMessage(chat.id, html, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      reply_markup: keyboard,
    })
  context.afterCommit(() => outbox.say({ chatId: chat.id, name, call }))
}

/** A message with its buttons. */
export interface Screen {
  html: string
  keyboard: InlineKeyboardMarkup
}

/**
 * Draws the screen of the pressed button anew when its turn has come, with what holds by then: of many taps only the last is
 * seen. Undefined: it stays as it is.
 */
export function redraw(context: ChatContext, draw: () => Promise<Screen | undefined>): void {
  const { chat, api, msgId, outbox } = context
  if (msgId === undefined) return
  const call = async () => {
    const screen = await draw()
    if (screen === undefined) return
    const { html, keyboard } = screen
    await api.editMessageText(chat.id, msgId, html, { parse_mode: 'HTML', reply_markup: keyboard })
  }
  context.afterCommit(() => outbox.say({ chatId: chat.id, name: `screen ${msgId}`, call }))
}

// https://core.telegram.org/bots/api#answercallbackquery
const MAX_ANSWER_CHARS = 200

/** Answers a pressed button, with a word or without: until then the button shows that it is busy. */
export function answerPress(context: BotContext, text?: string, options: { isAlert?: boolean } = {}): void {
  const answer = { text: text?.slice(0, MAX_ANSWER_CHARS).toWellFormed(), show_alert: options.isAlert }
  context.afterCommit(() => context.outbox.answer(() => context.answerCallbackQuery(answer)))
}
