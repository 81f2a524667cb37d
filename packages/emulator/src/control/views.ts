import type { MessageEntity } from '../html/entity.ts'
import type { MediaKind } from '../files/stored-file.ts'
import type { MemberStatus } from '../world/chat.ts'
import type { InlineKeyboard, ReplyKeyboard } from '../world/keyboard.ts'
import type { BotCommand } from '../world/user.ts'

/** The control API's shapes, the same in process and over HTTP. See the README for their meaning. */
export interface BotView {
  readonly id: number
  readonly token: string
  readonly username: string
  readonly name: string
  readonly description: string
  readonly short_description: string
  readonly link: string
  readonly commands: readonly BotCommand[]
  readonly revoked: boolean
  readonly webhook_url: string
  readonly pending_updates: number
  readonly reads_all_group_messages: boolean
}

export interface PersonView {
  readonly id: number
  readonly first_name: string
  readonly last_name: string
  readonly username: string
  readonly language_code: string
  readonly phone_number: string
  readonly deactivated: boolean
}

export interface ChatView {
  readonly chat: string
  readonly chat_id: number
  readonly kind: 'private' | 'group' | 'supergroup' | 'channel'
  readonly title: string
  readonly bot_id?: number
  readonly person_id?: number
  readonly state?: 'new' | 'started' | 'blocked'
  readonly start_parameter?: string
  readonly members?: readonly MemberView[]
  readonly migrated_to?: string
  readonly deleted?: true
  /** All that ever came, those no longer kept too. */
  readonly message_count: number
  readonly keyboard: ReplyKeyboard | null
  readonly last_message: MessageView | null
}

export interface MemberView {
  readonly id: number
  readonly is_bot: boolean
  readonly name: string
  readonly status: MemberStatus
}

export interface MessageView {
  readonly key: number
  readonly message_id: number
  readonly chat: string
  readonly date: number
  readonly edit_date?: number
  readonly from: SenderView
  readonly text?: string
  readonly entities?: readonly MessageEntity[]
  readonly caption?: string
  readonly caption_entities?: readonly MessageEntity[]
  readonly media?: MediaView
  readonly media_group_id?: string
  readonly contact?: Readonly<Record<string, unknown>>
  readonly service?: { readonly kind: string; readonly text: string }
  readonly reply_to?: number
  readonly inline_keyboard?: InlineKeyboard
  readonly silent?: true
  readonly protected?: true
}

/** Of a channel: its id, `is_bot` false, its title. */
export interface SenderView {
  readonly id: number
  readonly is_bot: boolean
  readonly name: string
  readonly username?: string
}

export interface MediaView {
  readonly kind: MediaKind
  readonly file_unique_id: string
  readonly url: string
  readonly file_name?: string
  readonly mime_type?: string
  readonly file_size: number
  readonly width?: number
  readonly height?: number
  readonly duration?: number
}
