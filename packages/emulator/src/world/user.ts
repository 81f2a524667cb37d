import type { PrivateChat } from './chat.ts'
import type { Inbox } from '../updates/inbox.ts'

/** One account that can write: a person or a bot. */
export type User = Bot | Person

export interface Person {
  readonly kind: 'person'
  readonly id: number
  firstName: string
  lastName: string
  username: string
  languageCode: string
  phoneNumber: string
  /** The account was deleted; nobody can write to it any more. */
  deactivated: boolean
}

export interface Bot {
  readonly kind: 'bot'
  readonly id: number
  /** The token in force; `undefined` when it was revoked and no new one was made. */
  token: string | undefined
  name: string
  username: string
  description: string
  shortDescription: string
  /** Privacy mode is off: the bot sees everything that is written in its groups. */
  readsAllGroupMessages: boolean
  /** By scope and language, see `commands.ts`. */
  readonly commands: Map<string, BotCommand[]>
  readonly privateChats: Map<number, PrivateChat>
  readonly inbox: Inbox
  session: 'open' | 'loggedOut' | 'closed'
  /** The last message id given out to this account in private chats and basic groups. */
  lastMessageId: number
}

export interface BotCommand {
  readonly command: string
  readonly description: string
}

export function displayName(user: User): string {
  if (user.kind === 'bot') return user.name
  return user.lastName === '' ? user.firstName : `${user.firstName} ${user.lastName}`
}
