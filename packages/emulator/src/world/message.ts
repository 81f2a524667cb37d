import type { MessageEntity } from '../html/entity.ts'
import type { StoredFile } from '../files/stored-file.ts'
import type { Chat, GroupChat } from './chat.ts'
import type { InlineKeyboard } from './keyboard.ts'
import type { Bot, User } from './user.ts'

export interface Message {
  /** Unique in the emulator and rising with time. */
  readonly key: number
  readonly chat: Chat
  /** What bots call it; in a basic group every bot has its own number, see `messageIdFor`. */
  readonly id: number
  readonly idByBot: ReadonlyMap<number, number> | undefined
  /** `undefined` in a channel, where the chat itself is the sender. */
  readonly from: User | undefined
  readonly dateSeconds: number
  editDateSeconds: number | undefined
  content: MessageContent
  readonly replyTo: Message | undefined
  readonly mediaGroupId: string | undefined
  inlineKeyboard: InlineKeyboard | undefined
  /** It came with a keyboard that is not inline; such a message cannot be edited. */
  readonly hadReplyKeyboard: boolean
  readonly silent: boolean
  readonly protectedContent: boolean
  readonly effectId: string | undefined
  deleted: boolean
}

export interface FormattedText {
  readonly text: string
  readonly entities: readonly MessageEntity[]
}

export type MessageContent = TextContent | MediaContent | ContactContent | ServiceContent

export interface TextContent {
  readonly kind: 'text'
  readonly formatted: FormattedText
  readonly linkPreviewOptions: LinkPreviewOptions | undefined
}

interface MediaContent {
  readonly kind: 'media'
  readonly file: StoredFile
  readonly caption: FormattedText
  readonly showCaptionAboveMedia: boolean
  readonly hasSpoiler: boolean
}

interface ContactContent {
  readonly kind: 'contact'
  readonly contact: Contact
}

export interface Contact {
  readonly phone_number: string
  readonly first_name: string
  readonly last_name?: string | undefined
  readonly vcard?: string | undefined
  readonly user_id?: number | undefined
}

/** Something that happened in the chat, told as a message. */
interface ServiceContent {
  readonly kind: 'service'
  readonly event: ServiceEvent
}

export type ServiceEvent =
  | { readonly kind: 'membersAdded'; readonly users: readonly User[] }
  | { readonly kind: 'memberLeft'; readonly user: User }
  | { readonly kind: 'groupCreated' }
  | { readonly kind: 'migratedTo'; readonly target: GroupChat }
  | { readonly kind: 'migratedFrom'; readonly source: GroupChat }
  | { readonly kind: 'writeAccessAllowed' }

export interface LinkPreviewOptions {
  readonly is_disabled?: true
  readonly url?: string
  readonly prefer_small_media?: true
  readonly prefer_large_media?: true
  readonly show_above_text?: true
}

/** The id a bot knows the message by. */
export function messageIdFor(message: Message, bot: Bot): number {
  return message.idByBot?.get(bot.id) ?? message.id
}
