import { chatMemberShape } from '../shapes/chat-member-shape.ts'
import { chatShape } from '../shapes/chat-shape.ts'
import { inaccessibleShape, messageShape } from '../shapes/message-shape.ts'
import { userShape } from '../shapes/user-shape.ts'
import type { CallbackPress } from './changes.ts'
import { chatIdOf, currentMembers } from './chat.ts'
import type { Chat, MemberStatus } from './chat.ts'
import { isSeenInGroup } from './group-privacy.ts'
import type { Message } from './message.ts'
import type { Bot, User } from './user.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** A button that nobody answered is given up after this time, and so is its update. */
const CALLBACK_LIFETIME_MS = 150_000

/** Tells every bot that may see it of a new message. Bots do not hear themselves or each other. */
export function notifyMessage(message: Message, exceptBotId?: number): void {
  if (message.from?.kind === 'bot') return
  for (const bot of listeners(message)) {
    if (bot.id === exceptBotId) continue
    bot.inbox.add({
      type: message.chat.kind === 'channel' ? 'channel_post' : 'message',
      payload: messageShape(message, bot),
      lane: `chat ${chatIdOf(message.chat)}`,
      lifetimeMs: DAY_MS,
    })
  }
}

/** A change of a bot's own standing in a chat: added, removed, blocked, unblocked. */
export function notifyMyChatMember(event: {
  bot: Bot
  chat: Chat
  from: User
  before: MemberStatus
  after: MemberStatus
  dateSeconds: number
}): void {
  const { bot, chat, before, after } = event
  bot.inbox.add({
    type: 'my_chat_member',
    payload: {
      chat: chatShape(chat),
      from: userShape(event.from),
      date: event.dateSeconds,
      old_chat_member: chatMemberShape(bot, before, chat.kind),
      new_chat_member: chatMemberShape(bot, after, chat.kind),
    },
    // A lane of its own: an unblocking and the message after it may arrive in any order.
    lane: `my_chat_member ${chatIdOf(chat)}`,
    lifetimeMs: DAY_MS,
  })
}

export function notifyCallback(press: CallbackPress, data: string, chatInstance: string): void {
  const { bot, message, person } = press
  bot.inbox.add({
    type: 'callback_query',
    payload: {
      id: press.id,
      from: userShape(person),
      message: message.deleted ? inaccessibleShape(message, bot) : messageShape(message, bot),
      chat_instance: chatInstance,
      data,
    },
    lane: `callback_query ${person.id}`,
    lifetimeMs: CALLBACK_LIFETIME_MS,
  })
}

function listeners(message: Message): Bot[] {
  const { chat } = message
  if (chat.kind === 'private') return [chat.bot]
  const bots = currentMembers(chat).flatMap(({ user }) => (user.kind === 'bot' ? [user] : []))
  return bots.filter((bot) => isSeenInGroup(message, bot))
}
