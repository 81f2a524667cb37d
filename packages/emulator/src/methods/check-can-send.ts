import type { MediaKind } from '../files/stored-file.ts'
import type { Chat, GroupChat, SendPermission } from '../world/chat.ts'
import type { Bot } from '../world/user.ts'
import { forbid, refuse } from './refused-error.ts'

const RULES: Record<MediaKind | 'text', { permission: SendPermission; noun: string }> = {
  text: { permission: 'can_send_messages', noun: 'text messages' },
  photo: { permission: 'can_send_photos', noun: 'photos' },
  document: { permission: 'can_send_documents', noun: 'documents' },
  video: { permission: 'can_send_videos', noun: 'videos' },
  audio: { permission: 'can_send_audios', noun: 'music' },
  animation: { permission: 'can_send_other_messages', noun: 'animations' },
}

/** Refuses what the bot may not send into a group or channel. */
export function checkRights(chat: Chat, bot: Bot, kind: MediaKind | 'text'): void {
  if (chat.kind === 'private') return
  if (chat.kind === 'channel') {
    if (!isAdministrator(chat, bot)) refuse('need administrator rights in the channel chat')
    return
  }
  const { permission, noun } = RULES[kind]
  if (isAdministrator(chat, bot) || chat.permissions[permission]) return
  const isMuted = Object.values(chat.permissions).every((permitted) => !permitted)
  refuse(isMuted ? 'have no write access to the chat' : `not enough rights to send ${noun} to the chat`)
}

/** Refuses what a person does not want: Telegram finds out only when the message is on its way. */
export function checkRecipient(chat: Chat): void {
  if (chat.kind !== 'private') return
  switch (chat.state) {
    case 'started':
      return
    case 'blocked':
      return forbid('bot was blocked by the user')
    case 'known':
    case 'unknown':
      return forbid("bot can't initiate conversation with a user")
  }
}

export function isAdministrator(chat: GroupChat, bot: Bot): boolean {
  const status = chat.members.get(bot.id)?.status
  return status === 'administrator' || status === 'creator'
}
