/** What the control API answers, as far as the page uses it. See the emulator's README. */
export type Bot = {
  id: number
  username: string
  name: string
  token: string
  description: string
  short_description: string
  link: string
  commands: readonly { command: string; description: string }[]
}

export type Person = {
  id: number
  first_name: string
  last_name: string
  username: string
  language_code: string
  phone_number: string
  deactivated: boolean
}

export type Chat = {
  /** `"<bot>:<person>"`, or the chat id. */
  chat: string
  kind: 'private' | 'group' | 'supergroup' | 'channel'
  title: string
  bot_id?: number
  person_id?: number
  state?: 'new' | 'started' | 'blocked'
  start_parameter?: string
  members?: readonly Member[]
  migrated_to?: string
  deleted?: boolean
  keyboard: Keyboard | null
  last_message: Message | null
}

type Member = { id: number; is_bot: boolean; name: string; status: string }

export type Keyboard =
  | { kind: 'reply'; rows: readonly (readonly ReplyButton[])[]; placeholder?: string; one_time?: boolean }
  | { kind: 'force_reply'; placeholder?: string }

export type ReplyButton = {
  text: string
  style?: ButtonStyle
  request_contact?: boolean
  request_location?: boolean
  web_app?: { url: string }
}

type ButtonStyle = 'danger' | 'success' | 'primary'

export type InlineButton = {
  text: string
  style?: ButtonStyle
  url?: string
  callback_data?: string
  copy_text?: { text: string }
  web_app?: { url: string }
  login_url?: { url: string }
}

export type Message = {
  key: number
  chat: string
  /** Unix seconds. */
  date: number
  edit_date?: number
  from: { id: number; is_bot: boolean; name: string; username?: string }
  text?: string
  entities?: readonly Entity[]
  caption?: string
  caption_entities?: readonly Entity[]
  media?: Media
  media_group_id?: string
  contact?: Readonly<Record<string, unknown>>
  service?: { kind: string; text: string }
  reply_to?: number
  inline_keyboard?: readonly (readonly InlineButton[])[]
  silent?: boolean
}

export type Media = {
  kind: 'photo' | 'document' | 'video' | 'audio' | 'animation'
  url: string
  file_name?: string
  mime_type?: string
  file_size: number
  width?: number
  height?: number
  duration?: number
}

/** Offsets and lengths are UTF-16 units, as in a JavaScript string. */
export type Entity = {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  user?: { id: number }
  unix_time?: number
  date_time_format?: string
}

export type Pressed =
  | { pressed: 'callback'; callback_query_id: string; answer: CallbackAnswer | null }
  | { pressed: 'url'; url: string }
  | { pressed: 'copy'; text: string }

export type CallbackAnswer = { text?: string; show_alert: boolean; url?: string }
