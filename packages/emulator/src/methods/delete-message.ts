import { leadingInteger } from '../http/parameters.ts'
import { isMember } from '../world/chat.ts'
import type { Chat } from '../world/chat.ts'
import { findMessage } from '../world/find-message.ts'
import type { Message } from '../world/message.ts'
import type { MessageBook } from '../world/post-message.ts'
import type { Bot } from '../world/user.ts'
import type { World } from '../world/world.ts'
import type { Clock } from '../clock.ts'
import { isAdministrator } from './check-can-send.ts'
import { findChat } from './find-chat.ts'
import { tolerantJson } from './input/formatted-text.ts'
import { DONE_TRUE } from './method.ts'
import type { Methods } from './method.ts'
import { refuse } from './refused-error.ts'

const MAX_IDS = 100
/** A message older than this stays, except in the bot's hands as an administrator. */
const MAX_AGE_SECONDS = 48 * 60 * 60

/** deleteMessage and deleteMessages: https://core.telegram.org/bots/api#deletemessage */
export function createDeleteMessage(dependencies: {
  world: World
  book: MessageBook
  clock: Clock
}): Methods {
  const { world, book, clock } = dependencies

  function canDelete(message: Message, chat: Chat, bot: Bot): boolean {
    if (chat.kind !== 'private' && isAdministrator(chat, bot)) return true
    if (clock.nowSeconds() - message.dateSeconds >= MAX_AGE_SECONDS) return false
    return message.from === bot || chat.kind === 'private'
  }

  return {
    deleteMessage({ bot, parameters }) {
      const chatId = parameters.text('chat_id')
      const messageId = leadingInteger(parameters.text('message_id'))
      if (chatId === '') return refuse('Chat identifier is not specified')
      if (messageId <= 0) return refuse('Message identifier is not specified')
      const chat = findChat(world, bot, chatId, 'write')
      const canRead = chat.kind === 'private' || chat.kind === 'group' || isMember(chat, bot.id)
      const message = canRead ? findMessage(chat, bot, messageId) : undefined
      if (message === undefined) return refuse('message to delete not found')
      if (!canDelete(message, chat, bot)) return refuse("Message can't be deleted")
      book.remove(message)
      return DONE_TRUE
    },
    deleteMessages({ bot, parameters }) {
      const text = parameters.text('message_ids')
      if (text === '') return refuse('Message identifiers are not specified')
      const ids = tolerantJson(text)
      if (!Array.isArray(ids)) return refuse('Expected an Array of message identifiers')
      if (ids.length > MAX_IDS) return refuse('Too many message identifiers specified')
      const chat = findChat(world, bot, parameters.text('chat_id'), 'write')
      const messages = ids.map((id: unknown) => findMessage(chat, bot, Number(id)))
      // Ids of messages that are gone are passed over.
      const present = messages.filter((message) => message !== undefined)
      if (!present.every((message) => canDelete(message, chat, bot)))
        return refuse("Message can't be deleted")
      for (const message of present) book.remove(message)
      return DONE_TRUE
    },
  }
}
