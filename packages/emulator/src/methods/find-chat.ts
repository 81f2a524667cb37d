import { leadingInteger } from '../http/parameters.ts'
import type { Chat, GroupChat, PrivateChat } from '../world/chat.ts'
import { isMember } from '../world/chat.ts'
import { findPublicGroup } from '../world/world.ts'
import type { World } from '../world/world.ts'
import type { Bot } from '../world/user.ts'
import { forbid, refuse, RefusedError } from './refused-error.ts'

/** How far a method reaches into a chat; each includes the one before. */
export type Access = 'read' | 'readMembers' | 'edit' | 'write'

/**
 * The chat a bot means by `chat_id`: a number, or `@username` of a public group or channel.
 * @throws {RefusedError} when the bot does not know it or may not reach into it that far.
 */
export function findChat(world: World, bot: Bot, chatId: string, access: Access): Chat {
  if (chatId === '') return refuse('chat_id is empty')
  const chat = chatId.startsWith('@')
    ? findPublicGroup(world, chatId.slice(1))
    : findKnownChat(world, bot, leadingInteger(chatId))
  if (chat === undefined) return refuse('chat not found')
  if (chat.kind === 'private') checkPrivateAccess(chat, access)
  else if (chat.kind === 'group') checkGroupAccess(chat, bot, access)
  else checkSupergroupAccess(chat, bot, access)
  return chat
}

function findKnownChat(world: World, bot: Bot, id: number): Chat | undefined {
  if (id > 0) {
    if (id !== bot.id && world.bots.has(id)) forbid("the bot can't send messages to the bot")
    const chat = bot.privateChats.get(id)
    return chat?.state === 'unknown' ? undefined : chat
  }
  const group = world.groups.get(id)
  // A private group that never had the bot in it does not exist for the bot.
  return group?.members.has(bot.id) || group?.username ? group : undefined
}

function checkPrivateAccess(chat: PrivateChat, access: Access): void {
  if (chat.person.deactivated && access !== 'read' && access !== 'readMembers') forbid('user is deactivated')
}

function checkGroupAccess(chat: GroupChat, bot: Bot, access: Access): void {
  const writes = access === 'write' || access === 'readMembers'
  const edits = access !== 'read'
  if (chat.migratedTo !== undefined) {
    if (!writes) return
    throw new RefusedError({
      status: 'refused',
      code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: chat.migratedTo.id },
    })
  }
  if (chat.deleted) {
    if (writes) forbid('the group chat was deleted')
    return
  }
  if (!edits) return
  const status = chat.members.get(bot.id)?.status
  if (status === 'kicked') forbid('bot was kicked from the group chat')
  if (!isMember(chat, bot.id)) forbid('bot is not a member of the group chat')
}

function checkSupergroupAccess(chat: GroupChat, bot: Bot, access: Access): void {
  const name = `${chat.kind} chat`
  if (chat.deleted) refuse('chat not found')
  if (chat.members.get(bot.id)?.status === 'kicked') forbid(`bot was kicked from the ${name}`)
  const isOpen = chat.username !== '' && (access === 'read' || access === 'readMembers')
  if (!isOpen && !isMember(chat, bot.id)) forbid(`bot is not a member of the ${name}`)
}
