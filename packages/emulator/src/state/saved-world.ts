import type { Update } from '../updates/update-queue.ts'
import type { UpdateType } from '../updates/allowed-updates.ts'
import type { WebhookTarget } from '../updates/webhook-settings.ts'
import type { StoredFile } from '../files/stored-file.ts'
import type { GroupChat, MemberStatus, PrivateChat } from '../world/chat.ts'
import type { Message, MessageContent } from '../world/message.ts'
import type { Bot, BotCommand, Person } from '../world/user.ts'

/**
 * The world as JSON: what objects point at each other is told by id, chat reference or message key. What belongs to one
 * run stays out: settings, faults, report, the log of calls, floods, pressed buttons, and what uploaded files held.
 */
export interface SavedWorld {
  /** Time never goes back, also when it was put forward. */
  readonly nowMs: number
  readonly people: readonly Person[]
  readonly bots: readonly SavedBot[]
  readonly groups: readonly SavedGroup[]
  readonly privateChats: readonly SavedPrivateChat[]
  readonly files: { readonly lastSerial: number; readonly files: readonly StoredFile[] }
  readonly messages: { readonly lastKey: number; readonly messages: readonly SavedMessage[] }
}

export type SavedBot = Omit<Bot, 'kind' | 'commands' | 'privateChats' | 'inbox'> & {
  readonly commands: readonly (readonly [string, BotCommand[]])[]
  readonly inbox: SavedInbox
}

export interface SavedInbox {
  readonly nextId: number
  readonly updates: readonly Update[]
  readonly allowed: readonly UpdateType[]
  /** The certificate in base64. */
  readonly webhook?:
    | (Omit<WebhookTarget, 'url' | 'certificate'> & { readonly url: string; readonly certificate?: string })
    | undefined
}

export type SavedGroup = Omit<
  GroupChat,
  'members' | 'migratedTo' | 'messages' | 'byId' | 'byBotAndId' | 'keyboard'
> & {
  readonly keyboard?: GroupChat['keyboard']
  readonly members: readonly { readonly id: number; readonly status: MemberStatus }[]
  readonly migratedTo?: number | undefined
}

export type SavedPrivateChat = Pick<PrivateChat, 'state' | 'messageCount'> & {
  readonly bot: number
  readonly person: number
  readonly startParameter?: string | undefined
  readonly keyboard?: PrivateChat['keyboard']
}

export type SavedMessage = Omit<
  Message,
  'chat' | 'from' | 'replyTo' | 'idByBot' | 'content' | 'deleted' | 'editDateSeconds' | 'inlineKeyboard'
> & {
  readonly chat: string
  readonly from?: number | undefined
  readonly replyTo?: number | undefined
  readonly idByBot?: readonly (readonly [number, number])[] | undefined
  readonly content: SavedContent
  readonly editDateSeconds?: number | undefined
  readonly inlineKeyboard?: Message['inlineKeyboard']
  /** False: the person emptied the chat, but the bot may still edit it. */
  readonly isShown: boolean
}

export type SavedContent =
  | Exclude<MessageContent, { kind: 'service' }>
  | { readonly kind: 'service'; readonly event: SavedServiceEvent }

/** Users and groups by id. */
export type SavedServiceEvent =
  | { readonly kind: 'membersAdded'; readonly users: readonly number[] }
  | { readonly kind: 'memberLeft'; readonly user: number }
  | { readonly kind: 'groupCreated' | 'writeAccessAllowed' }
  | { readonly kind: 'migratedTo' | 'migratedFrom'; readonly group: number }
