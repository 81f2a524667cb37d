import { leadingInteger } from '../http/parameters.ts'
import { chatMemberShape } from '../shapes/chat-member-shape.ts'
import { fullChatShape } from '../shapes/chat-shape.ts'
import type { Changes } from '../world/changes.ts'
import { currentMembers } from '../world/chat.ts'
import type { Groups } from '../world/groups.ts'
import type { World } from '../world/world.ts'
import { checkRecipient } from './check-can-send.ts'
import { findChat } from './find-chat.ts'
import { done, DONE_TRUE } from './method.ts'
import type { Methods } from './method.ts'
import { refuse } from './refused-error.ts'

const ACTIONS = new Set([
  'cancel',
  'typing',
  'record_video',
  'upload_video',
  'record_audio',
  'record_voice',
  'upload_audio',
  'upload_voice',
  'upload_photo',
  'upload_document',
  'choose_sticker',
  'pick_up_location',
  'find_location',
  'record_video_note',
  'upload_video_note',
])

/** getChat and its like, leaveChat, sendChatAction: https://core.telegram.org/bots/api#getchat */
export function createChatMethods(dependencies: { world: World; groups: Groups; changes: Changes }): Methods {
  const { world, groups, changes } = dependencies

  return {
    getChat: ({ bot, parameters }) =>
      done(fullChatShape(findChat(world, bot, parameters.text('chat_id'), 'read'))),

    getChatMember({ bot, parameters }) {
      const userId = Math.max(0, leadingInteger(parameters.text('user_id')))
      if (userId === 0) return refuse('Invalid user_id specified')
      const access = userId === bot.id ? 'read' : 'readMembers'
      const chat = findChat(world, bot, parameters.text('chat_id'), access)
      const user = world.people.get(userId) ?? world.bots.get(userId)
      const isStranger = chat.kind === 'private' && userId !== bot.id && userId !== chat.person.id
      if (user === undefined || isStranger) return refuse('Member not found')
      const status = chat.kind === 'private' ? 'member' : (chat.members.get(userId)?.status ?? 'left')
      return done(chatMemberShape(user, status, chat.kind))
    },

    getChatAdministrators({ bot, parameters }) {
      const chat = findChat(world, bot, parameters.text('chat_id'), 'readMembers')
      if (chat.kind === 'private') return refuse('there are no administrators in the private chat')
      const leading = currentMembers(chat).filter(({ status }) => status !== 'member')
      const shown = leading.filter(({ user }) => user.kind === 'person')
      return done(shown.map(({ user, status }) => chatMemberShape(user, status, chat.kind)))
    },

    getChatMemberCount({ bot, parameters }) {
      const chat = findChat(world, bot, parameters.text('chat_id'), 'readMembers')
      return done(chat.kind === 'private' ? 2 : currentMembers(chat).length)
    },

    leaveChat({ bot, parameters }) {
      const chat = findChat(world, bot, parameters.text('chat_id'), 'read')
      if (chat.kind === 'private') return refuse("Can't leave private chats")
      groups.leave(chat, bot)
      return DONE_TRUE
    },

    sendChatAction({ bot, parameters }) {
      const action = parameters.text('action').toLowerCase()
      if (!ACTIONS.has(action)) return refuse('Wrong parameter action in request')
      const chat = findChat(world, bot, parameters.text('chat_id'), 'write')
      checkRecipient(chat)
      changes.emit({ kind: 'action', chat, bot, action })
      return DONE_TRUE
    },
  }
}
