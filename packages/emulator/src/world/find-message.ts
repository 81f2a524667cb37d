import type { Chat } from './chat.ts'
import type { Message } from './message.ts'
import type { Bot } from './user.ts'

/** The message a bot calls by this id in this chat. */
export function findMessage(chat: Chat, bot: Bot, messageId: number): Message | undefined {
  if (chat.kind === 'group') return chat.byBotAndId.get(bot.id)?.get(messageId)
  return chat.byId.get(messageId)
}
