import type { ReplyButton, ReplyKeyboard, ReplyMarkup } from '../../world/keyboard.ts'
import type { Chat } from '../../world/chat.ts'
import { refuse } from '../refused-error.ts'
import { parseButtonStyle, parseInlineKeyboard } from './inline-keyboard.ts'
import {
  failField,
  isObject,
  optionalBoolean,
  optionalString,
  parseJson,
  requiredObject,
  requiredString,
  within,
} from './json-object.ts'
import type { JsonObject } from './json-object.ts'

const NONE: ReplyMarkup = { kind: 'none' }

/**
 * Reads `reply_markup`: an inline keyboard, a keyboard below the input field, its removal, or a forced reply.
 * @throws {RefusedError} in the words of the real server.
 */
export function parseReplyMarkup(text: string): ReplyMarkup {
  if (text === '') return NONE
  const markup = parseJson(text, "Can't parse reply keyboard markup JSON object")
  if (!isObject(markup)) return refuse('Object expected as reply markup')

  const replyRows = rowsOf(markup, 'keyboard', 'Field "keyboard" must be an Array of Arrays')
  const buttons = within("Can't parse keyboard button", () =>
    replyRows.map((row) => row.map(parseReplyButton)),
  )
  const inlineRows = rowsOf(markup, 'inline_keyboard', INLINE_ROWS_EXPECTED)
  const inline = within("Can't parse inline keyboard button", () => parseInlineKeyboard(inlineRows))
  const flags = readFlags(markup)

  if (buttons.length > 0)
    return { kind: 'show', keyboard: { kind: 'reply', rows: buttons, ...flags.keyboard } }
  if (inlineRows.length > 0) return inline.length === 0 ? NONE : { kind: 'inline', keyboard: inline }
  if (flags.remove) return { kind: 'remove' }
  if (!flags.force) return NONE
  return { kind: 'show', keyboard: { kind: 'force_reply', ...placeholderOf(markup) } }
}

const INLINE_ROWS_EXPECTED = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'

/** Some buttons work in private chats only. */
export function checkMarkupFits(markup: ReplyMarkup, chat: Chat): void {
  if (markup.kind !== 'show' || markup.keyboard.kind !== 'reply' || chat.kind === 'private') return
  for (const button of markup.keyboard.rows.flat()) {
    if (button.request_contact) refuse('Phone number can be requested in private chats only')
    if (button.request_location) refuse('Location can be requested in private chats only')
    if (button.web_app !== undefined) refuse('Web App buttons can be used in private chats only')
  }
}

function rowsOf(markup: JsonObject, field: string, message: string): unknown[][] {
  const rows = markup[field]
  if (rows === undefined) return []
  if (!Array.isArray(rows)) return refuse(`Field "${field}" must be of type Array`)
  return rows.map((row: unknown) => (Array.isArray(row) ? row : refuse(message)))
}

function readFlags(markup: JsonObject): {
  remove: boolean
  force: boolean
  keyboard: Omit<Extract<ReplyKeyboard, { kind: 'reply' }>, 'kind' | 'rows'>
} {
  const [hide, remove, forceReply, force, oneTime, resize, persistent] = within('', () =>
    FLAGS.map((name) => optionalBoolean(markup, name)),
  )
  return {
    remove: hide === true || remove === true,
    force: forceReply === true || force === true,
    keyboard: {
      ...(oneTime ? { one_time: true } : {}),
      ...(resize ? { resize: true } : {}),
      ...(persistent ? { persistent: true } : {}),
      ...placeholderOf(markup),
    },
  }
}

const FLAGS = [
  'hide_keyboard',
  'remove_keyboard',
  'force_reply',
  'force_reply_keyboard',
  'one_time_keyboard',
  'resize_keyboard',
  'is_persistent',
]

function placeholderOf(markup: JsonObject): { placeholder?: string } {
  const placeholder = within('', () => optionalString(markup, 'input_field_placeholder'))
  return placeholder === '' ? {} : { placeholder }
}

function parseReplyButton(button: unknown): ReplyButton {
  if (typeof button === 'string') return { text: checkText(button) }
  if (!isObject(button)) return failField('KeyboardButton must be a String or an Object')
  const text = requiredString(button, 'text')
  const style = parseButtonStyle(button)
  return { text: checkText(text), ...(style === undefined ? {} : { style }), ...requestOf(button) }
}

function requestOf(button: JsonObject): Omit<ReplyButton, 'text' | 'style'> {
  if (optionalBoolean(button, 'request_contact') || optionalBoolean(button, 'request_phone_number')) {
    return { request_contact: true }
  }
  if (optionalBoolean(button, 'request_location')) return { request_location: true }
  if (!('web_app' in button)) return {}
  return { web_app: { url: requiredString(requiredObject(button, 'web_app'), 'url') } }
}

function checkText(text: string): string {
  if (text === '') refuse('Keyboard button text must be non-empty')
  return text.isWellFormed() ? text : refuse('Keyboard button text must be encoded in UTF-8')
}
