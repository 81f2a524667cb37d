import type { InlineKeyboard } from 'grammy'
import type { BotContext } from './bot-context.ts'

/** The context of an update that came from a private chat. */
export type ChatContext = BotContext & { chat: { id: number } }

/**
 * Writes into the chat once the update's effect is kept. Of two sayings with the same name that still wait, only the
 * younger is said: whoever asks for help ten times in a second wants to be helped once.
 */
export function say(
  context: ChatContext,
  saying: { name: string; html: string; keyboard?: InlineKeyboard },
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

// https://core.telegram.org/bots/api#answercallbackquery
const MAX_ANSWER_CHARS = 200

/** Answers a pressed button, with a word or without: until then the button shows that it is busy. */
export function answerPress(context: BotContext, text?: string, options: { isAlert?: boolean } = {}): void {
  const answer = { text: text?.slice(0, MAX_ANSWER_CHARS), show_alert: options.isAlert }
  context.afterCommit(() => context.outbox.answer(() => context.answerCallbackQuery(answer)))
}
