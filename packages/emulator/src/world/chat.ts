import type { ReplyKeyboard } from './keyboard.ts'
import type { Message } from './message.ts'
import type { Bot, Person, User } from './user.ts'

export type Chat = PrivateChat | GroupChat

interface ChatBase {
  /** What a person's phone shows below the input field. */
  keyboard: ReplyKeyboard | undefined
  /** The newest messages, oldest first; how many is a setting. */
  readonly messages: Message[]
  /** Counts every message, also those no longer kept. */
  messageCount: number
}

export interface PrivateChat extends ChatBase {
  readonly kind: 'private'
  readonly bot: Bot
  readonly person: Person
  /**
   * `unknown`: the bot never heard of the person. `known`: it met the person in a group and may not write first.
   * `started`: Start was pressed. `blocked`: the person stopped the bot.
   */
  state: 'unknown' | 'known' | 'started' | 'blocked'
  /** Of a link that was opened, until Start is pressed. */
  startParameter: string | undefined
  readonly byId: Map<number, Message>
}

export interface GroupChat extends ChatBase {
  readonly kind: 'group' | 'supergroup' | 'channel'
  readonly id: number
  title: string
  username: string
  readonly members: Map<number, Member>
  /** What plain members may do. */
  permissions: Permissions
  migratedTo: GroupChat | undefined
  deleted: boolean
  /** The last message id, where ids belong to the chat: not in a basic group. */
  lastMessageId: number
  /** Messages by id; a basic group has one numbering for each bot in it. */
  readonly byId: Map<number, Message>
  readonly byBotAndId: Map<number, Map<number, Message>>
}

export type MemberStatus = 'creator' | 'administrator' | 'member' | 'left' | 'kicked'

export interface Member {
  readonly user: User
  status: MemberStatus
}

export const SEND_PERMISSIONS = [
  'can_send_messages',
  'can_send_audios',
  'can_send_documents',
  'can_send_photos',
  'can_send_videos',
  'can_send_other_messages',
] as const

export type SendPermission = (typeof SEND_PERMISSIONS)[number]
export type Permissions = Readonly<Record<SendPermission, boolean>>

export const ALL_PERMITTED: Permissions = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_other_messages: true,
}

/** The id by which bots call the chat. */
export function chatIdOf(chat: Chat): number {
  return chat.kind === 'private' ? chat.person.id : chat.id
}

/** The name the control API has for the chat, unique in the emulator. */
export function chatReference(chat: Chat): string {
  return chat.kind === 'private' ? `${chat.bot.id}:${chat.person.id}` : String(chat.id)
}

export function isMember(chat: GroupChat, userId: number): boolean {
  const status = chat.members.get(userId)?.status
  return status === 'creator' || status === 'administrator' || status === 'member'
}

/** Those who are in the group now. */
export function currentMembers(chat: GroupChat): Member[] {
  return [...chat.members.values()].filter((member) => isMember(chat, member.user.id))
}
