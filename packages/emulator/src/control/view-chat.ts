import { chatIdOf, chatReference, currentMembers } from '../world/chat.ts'
import type { Chat, GroupChat, PrivateChat } from '../world/chat.ts'
import { displayName } from '../world/user.ts'
import { viewMessage } from './view-message.ts'
import type { ChatView } from './views.ts'

export function viewChat(chat: Chat): ChatView {
  const last = chat.messages.at(-1)
  return {
    chat: chatReference(chat),
    chat_id: chatIdOf(chat),
    kind: chat.kind,
    ...(chat.kind === 'private' ? viewPrivate(chat) : viewGroup(chat)),
    message_count: chat.messageCount,
    keyboard: chat.keyboard ?? null,
    last_message: last === undefined ? null : viewMessage(last),
  }
}

type PartOfView = Pick<ChatView, 'title'> & Partial<ChatView>

function viewPrivate(chat: PrivateChat): PartOfView {
  const isNew = chat.state === 'unknown' || chat.state === 'known'
  return {
    title: chat.bot.name,
    bot_id: chat.bot.id,
    person_id: chat.person.id,
    state: isNew ? 'new' : chat.state === 'blocked' ? 'blocked' : 'started',
    ...(chat.startParameter === undefined ? {} : { start_parameter: chat.startParameter }),
  }
}

function viewGroup(chat: GroupChat): PartOfView {
  return {
    title: chat.title,
    members: currentMembers(chat).map(({ user, status }) => ({
      id: user.id,
      is_bot: user.kind === 'bot',
      name: displayName(user),
      status,
    })),
    ...(chat.migratedTo === undefined ? {} : { migrated_to: chatReference(chat.migratedTo) }),
    ...(chat.deleted ? { deleted: true } : {}),
  }
}
