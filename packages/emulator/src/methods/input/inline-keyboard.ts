import type { ButtonStyle, InlineButton, InlineKeyboard } from '../../world/keyboard.ts'
import { refuse } from '../refused-error.ts'
import { parseButtonUrl } from './button-url.ts'
import {
  failField,
  isObject,
  optionalBoolean,
  optionalString,
  requiredObject,
  requiredString,
} from './json-object.ts'
import type { JsonObject } from './json-object.ts'

const MAX_BUTTONS = 100
const MAX_CALLBACK_BYTES = 64
const MAX_COPY_LENGTH = 256

/** The buttons of `inline_keyboard`, each checked. Rows without buttons are left out. */
export function parseInlineKeyboard(rows: readonly (readonly unknown[])[]): InlineKeyboard {
  const keyboard = rows.map((row) => row.map(parseButton)).filter((row) => row.length > 0)
  if (keyboard.flat().length > MAX_BUTTONS) refuse('REPLY_MARKUP_TOO_LONG')
  return keyboard
}

function parseButton(button: unknown): InlineButton {
  if (!isObject(button)) return failField('InlineKeyboardButton must be an Object')
  const text = requiredString(button, 'text')
  const icon = optionalString(button, 'icon_custom_emoji_id')
  const style = parseButtonStyle(button)
  const action = parseAction(button)
  if (text === '') refuse('inline keyboard button text must be non-empty')
  if (!text.isWellFormed()) refuse('inline keyboard button text must be encoded in UTF-8')
  return {
    text,
    ...(icon === '' || icon === '0' ? {} : { icon_custom_emoji_id: icon }),
    ...(style === undefined ? {} : { style }),
    ...action,
  }
}

type Action = Omit<InlineButton, 'text' | 'style' | 'icon_custom_emoji_id'>

/** The first action in the server's order; an empty `url` or `callback_data` counts as none. */
function parseAction(button: JsonObject): Action {
  const url = optionalString(button, 'url')
  if (url !== '') return { url: parseButtonUrl(url, 'Inline keyboard button', 'any') }
  const data = optionalString(button, 'callback_data')
  if (data !== '') return { callback_data: checkCallbackData(data) }
  if ('callback_game' in button) return { callback_game: {} }
  if ('pay' in button) return { pay: true }
  return parseSwitchAction(button) ?? parseAppAction(button) ?? failField(NO_ACTION)
}

const NO_ACTION = 'Text buttons are unallowed in the inline keyboard'

function parseSwitchAction(button: JsonObject): Action | undefined {
  if ('switch_inline_query' in button) {
    return { switch_inline_query: requiredString(button, 'switch_inline_query') }
  }
  if ('switch_inline_query_chosen_chat' in button) {
    const chosen = requiredObject(button, 'switch_inline_query_chosen_chat')
    const allowed = ['user', 'bot', 'group', 'channel'].map((kind) => `allow_${kind}_chats`)
    return {
      switch_inline_query_chosen_chat: {
        query: optionalString(chosen, 'query'),
        ...Object.fromEntries(allowed.map((name) => [name, optionalBoolean(chosen, name)])),
      },
    }
  }
  if (!('switch_inline_query_current_chat' in button)) return undefined
  return { switch_inline_query_current_chat: requiredString(button, 'switch_inline_query_current_chat') }
}

function parseAppAction(button: JsonObject): Action | undefined {
  if ('login_url' in button) {
    const url = requiredString(requiredObject(button, 'login_url'), 'url')
    return { url: parseButtonUrl(url, 'Inline keyboard button login', 'httpsOnly') }
  }
  if ('web_app' in button) {
    const url = requiredString(requiredObject(button, 'web_app'), 'url')
    return { web_app: { url: parseButtonUrl(url, 'Inline keyboard button Web App', 'httpsOnly') } }
  }
  if (!('copy_text' in button)) return undefined
  const text = requiredString(requiredObject(button, 'copy_text'), 'text')
  if (text === '' || text.length > MAX_COPY_LENGTH) refuse('BUTTON_COPY_TEXT_INVALID')
  return { copy_text: { text } }
}

function checkCallbackData(data: string): string {
  if (Buffer.byteLength(data) > MAX_CALLBACK_BYTES) refuse('BUTTON_DATA_INVALID')
  return data
}

export function parseButtonStyle(button: JsonObject): ButtonStyle | undefined {
  const style = optionalString(button, 'style').toLowerCase()
  if (style === '' || style === 'default') return undefined
  if (style === 'primary' || style === 'danger' || style === 'success') return style
  return failField('invalid button style specified')
}
