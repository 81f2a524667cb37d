/** An inline button as the Bot API returns it. Exactly one of the actions is set. */
export interface InlineButton {
  readonly text: string
  readonly icon_custom_emoji_id?: string
  readonly style?: ButtonStyle
  readonly url?: string
  readonly callback_data?: string
  readonly callback_game?: Record<string, never>
  readonly pay?: true
  readonly switch_inline_query?: string
  readonly switch_inline_query_current_chat?: string
  readonly switch_inline_query_chosen_chat?: Readonly<Record<string, unknown>>
  readonly web_app?: { readonly url: string }
  readonly copy_text?: { readonly text: string }
}

export type ButtonStyle = 'primary' | 'danger' | 'success'

export type InlineKeyboard = readonly (readonly InlineButton[])[]

/** A button of the keyboard below the input field. Without a request it sends its text. */
export interface ReplyButton {
  readonly text: string
  readonly style?: ButtonStyle
  readonly request_contact?: true
  readonly request_location?: true
  readonly web_app?: { readonly url: string }
}

export type ReplyKeyboard =
  | {
      readonly kind: 'reply'
      readonly rows: readonly (readonly ReplyButton[])[]
      readonly placeholder?: string
      readonly one_time?: true
      readonly resize?: true
      readonly persistent?: true
    }
  | { readonly kind: 'force_reply'; readonly placeholder?: string }

/** What a call asked for in `reply_markup`. */
export type ReplyMarkup =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly keyboard: InlineKeyboard }
  | { readonly kind: 'show'; readonly keyboard: ReplyKeyboard }
  | { readonly kind: 'remove' }
