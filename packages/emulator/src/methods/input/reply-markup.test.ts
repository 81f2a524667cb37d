import { expect, test } from 'vitest'
import { RefusedError } from '../refused-error.ts'
import { parseReplyMarkup } from './reply-markup.ts'

function refusalOf(markup: unknown): string {
  try {
    parseReplyMarkup(JSON.stringify(markup))
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal.description
    throw error
  }
  return 'accepted'
}

const inline = (...buttons: unknown[]) => ({ inline_keyboard: [buttons] })

test.each([
  [
    inline({ text: 'x' }),
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    inline({ text: 'x', url: '' }),
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [inline({ text: '', callback_data: 'x' }), 'Bad Request: inline keyboard button text must be non-empty'],
  [
    inline({ callback_data: 'x' }),
    'Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"',
  ],
  [
    inline({ text: true, callback_data: 'x' }),
    'Bad Request: can\'t parse inline keyboard button: Field "text" must be of type String',
  ],
  [inline('x'), "Bad Request: can't parse inline keyboard button: InlineKeyboardButton must be an Object"],
  [inline({ text: 'x', callback_data: 'ї'.repeat(33) }), 'Bad Request: BUTTON_DATA_INVALID'],
  [inline({ text: 'x', callback_data: 'ї'.repeat(32) }), 'accepted'],
  [inline({ text: 'x', copy_text: { text: '' } }), 'Bad Request: BUTTON_COPY_TEXT_INVALID'],
  [
    inline({ text: 'x', style: 'neon', callback_data: 'x' }),
    "Bad Request: can't parse inline keyboard button: invalid button style specified",
  ],
  [
    inline({ text: 'x', url: 'http://localhost/x' }),
    "Bad Request: inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
  ],
  [
    inline({ text: 'x', url: 'ftp://a.b' }),
    "Bad Request: inline keyboard button URL 'ftp://a.b' is invalid: Unsupported URL protocol",
  ],
  [
    inline({ text: 'x', web_app: { url: 'http://a.b' } }),
    "Bad Request: inline keyboard button Web App URL 'http://a.b' is invalid: Only HTTPS links are allowed",
  ],
  [
    { inline_keyboard: [{}] },
    'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  ],
  [{ inline_keyboard: {} }, 'Bad Request: field "inline_keyboard" must be of type Array'],
  [
    inline(...Array.from({ length: 101 }, (_, at) => ({ text: 'x', callback_data: String(at) }))),
    'Bad Request: reply markup is too long',
  ],
  [{ keyboard: [[{}]] }, 'Bad Request: can\'t parse keyboard button: Can\'t find field "text"'],
  [
    { keyboard: [[5]] },
    "Bad Request: can't parse keyboard button: KeyboardButton must be a String or an Object",
  ],
  [{ keyboard: ['x'] }, 'Bad Request: field "keyboard" must be an Array of Arrays'],
  [{ remove_keyboard: 'yes' }, 'Bad Request: field "remove_keyboard" must be of type Boolean'],
])('the markup %j is answered: %s', (markup, answer) => {
  expect(refusalOf(markup)).toBe(answer)
})

test('a button keeps its first action, and its URL comes back as Telegram writes it', () => {
  const markup = parseReplyMarkup(
    JSON.stringify(
      inline(
        { text: 'a', url: 'Shop.Example', callback_data: 'ignored' },
        { text: 'b', url: 'tg://user?id=5', style: 'danger' },
        { text: 'c', url: 'https://SHOP.example:8443/A?b#c' },
        { text: 'd', login_url: { url: 'https://shop.example/login' } },
        { text: 'e', copy_text: { text: 'CODE' } },
      ),
    ),
  )
  expect(markup).toEqual({
    kind: 'inline',
    keyboard: [
      [
        { text: 'a', url: 'http://shop.example/' },
        { text: 'b', style: 'danger', url: 'tg://user?id=5' },
        { text: 'c', url: 'https://shop.example:8443/A?b#c' },
        { text: 'd', url: 'https://shop.example/login' },
        { text: 'e', copy_text: { text: 'CODE' } },
      ],
    ],
  })
})

test('a keyboard, its removal and a forced reply are told apart; an empty keyboard is none', () => {
  const kinds = [
    {
      keyboard: [['a', { text: 'b', request_contact: true }]],
      one_time_keyboard: true,
      input_field_placeholder: 'say',
    },
    { remove_keyboard: true },
    { force_reply: true },
    { inline_keyboard: [] },
    { inline_keyboard: [[]] },
    {},
  ].map((markup) => parseReplyMarkup(JSON.stringify(markup)))
  expect(kinds).toEqual([
    {
      kind: 'show',
      keyboard: {
        kind: 'reply',
        rows: [[{ text: 'a' }, { text: 'b', request_contact: true }]],
        one_time: true,
        placeholder: 'say',
      },
    },
    { kind: 'remove' },
    { kind: 'show', keyboard: { kind: 'force_reply' } },
    { kind: 'none' },
    { kind: 'none' },
    { kind: 'none' },
  ])
})
