import { GrammyError, HttpError } from 'grammy'
import { expect, test } from 'vitest'
import { classifyFailure } from './classify-failure.ts'
import { TransportError, type TransportFacts } from './transport/transport-error.ts'

function answered(code: number, description: string, parameters?: object): GrammyError {
  const answer = { ok: false as const, error_code: code, description, parameters }
  return new GrammyError("Call to 'sendMessage' failed!", answer, 'sendMessage', {})
}

function lost(facts: TransportFacts): HttpError {
  return new HttpError("Network request for 'sendMessage' failed!", new TransportError(facts))
}

const unreachable = (reason: string) => ({ status: 'unreachable', reason })
const refused = (reason: string, remedy?: string) => ({
  status: 'refused',
  reason,
  ...(remedy && { remedy }),
})
const broken = { status: 'bot_broken', reason: 'token_refused' }
const content = refused('content_refused')
const asLink = refused('content_refused', 'send_as_link')

// Descriptions as Telegram sends them, byte for byte.
const ANSWERS: [code: number, description: string, meaning: object][] = [
  [403, 'Forbidden: bot was blocked by the user', unreachable('bot_blocked')],
  [400, 'Bad Request: USER_IS_BLOCKED', unreachable('bot_blocked')],
  [403, 'Forbidden: user is deactivated', unreachable('user_deactivated')],
  [400, 'Bad Request: INPUT_USER_DEACTIVATED', unreachable('user_deactivated')],
  [403, "Forbidden: bot can't initiate conversation with a user", unreachable('never_started')],
  [403, "Forbidden: the bot can't send messages to the bot", unreachable('recipient_is_bot')],
  [403, "Forbidden: bot can't send messages to bots", unreachable('recipient_is_bot')],
  [400, 'Bad Request: chat not found', unreachable('chat_not_found')],
  [400, 'Bad Request: private chat not found', unreachable('chat_not_found')],
  [400, 'Bad Request: PEER_ID_INVALID', unreachable('chat_not_found')],
  [400, 'Bad Request: chat_id is empty', refused('internal_error')],
  [403, 'Forbidden: the group chat was deleted', unreachable('group_deleted')],
  [403, 'Forbidden: bot was kicked from the group chat', unreachable('kicked_from_group')],
  [403, 'Forbidden: bot was kicked from the supergroup chat', unreachable('kicked_from_group')],
  [403, 'Forbidden: bot was kicked from the channel chat', unreachable('kicked_from_group')],
  [403, 'Forbidden: bot is not a member of the group chat', unreachable('kicked_from_group')],
  [403, 'Forbidden: bot is not a member of the supergroup chat', unreachable('kicked_from_group')],
  [403, 'Forbidden: bot is not a member of the channel chat', unreachable('kicked_from_group')],
  [400, 'Bad Request: not enough rights to send text messages to the chat', refused('no_rights')],
  [400, 'Bad Request: not enough rights to send photos to the chat', refused('no_rights', 'send_as_link')],
  [
    400,
    'Bad Request: failed to send message #1 with the error message "CHAT_SEND_DOCS_FORBIDDEN"',
    { ...refused('no_rights', 'send_as_link'), fileIndex: 0 },
  ],
  [400, 'Bad Request: have no write access to the chat', refused('no_rights')],
  [400, 'Bad Request: have no rights to send a message', refused('no_rights')],
  [400, 'Bad Request: need administrator rights in the channel chat', refused('no_rights')],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', refused('no_rights')],
  [400, 'Bad Request: CHAT_RESTRICTED', refused('no_rights')],
  [400, 'Bad Request: CHAT_SEND_PLAIN_FORBIDDEN', refused('no_rights')],
  [400, 'Bad Request: CHAT_ADMIN_REQUIRED', refused('no_rights')],
  [400, 'Bad Request: TOPIC_CLOSED', refused('no_rights')],
  [400, 'Bad Request: message thread not found', refused('no_rights')],
  [400, 'Bad Request: message text is empty', refused('empty_text')],
  [400, 'Bad Request: text must be non-empty', refused('empty_text')],
  [400, 'Bad Request: text is too long', refused('too_long')],
  [400, 'Bad Request: message is too long', refused('too_long')],
  [400, 'Bad Request: message caption is too long', refused('too_long')],
  [400, `Bad Request: can't parse entities: Unsupported start tag "div" at byte offset 0`, content],
  [400, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`, content],
  [400, 'Bad Request: invalid custom emoji identifier specified', content],
  [400, 'Bad Request: unsupported parse_mode', content],
  [400, 'Bad Request: strings must be encoded in UTF-8', content],
  [
    400,
    'Bad Request: text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    content,
  ],
  [
    400,
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    content,
  ],
  [400, "Bad Request: can't parse reply keyboard markup JSON object", content],
  [400, 'Bad Request: object expected as reply markup', content],
  [400, 'Bad Request: inline keyboard button text must be non-empty', content],
  [400, "Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL", content],
  [400, 'Bad Request: BUTTON_DATA_INVALID', content],
  [400, 'Bad Request: BUTTON_URL_INVALID', content],
  [400, 'Bad Request: reply markup is too long', content],
  [
    400,
    'Bad Request: failed to send message #1 with the error message "USER_IS_BLOCKED"',
    unreachable('bot_blocked'),
  ],
  [
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    { status: 'benign', reason: 'not_modified' },
  ],
  [400, 'Bad Request: message to edit not found', content],
  [400, "Bad Request: message can't be edited", content],
  [400, 'Bad Request: there is no text in the message to edit', content],
  [400, 'Bad Request: message to delete not found', content],
  [400, "Bad Request: message can't be deleted", content],
  [400, 'Bad Request: message to be replied not found', content],
  [
    400,
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
    { status: 'benign', reason: 'query_expired' },
  ],
  [400, 'Bad Request: ALLOW_PAYMENT_REQUIRED_25', unreachable('recipient_restricted')],
  [400, 'Bad Request: PRIVACY_PREMIUM_REQUIRED', unreachable('recipient_restricted')],
  [401, 'Unauthorized', broken],
  [401, 'Unauthorized: invalid token specified', broken],
  [404, 'Not Found', broken],
  [404, 'Not Found: method not found', refused('internal_error')],
  [421, 'Misdirected Request: unallowed token specified', broken],
  [400, 'Logged out', { status: 'bot_broken', reason: 'logged_out' }],
  [400, 'Bad Request: the bot has already been closed', { status: 'bot_broken', reason: 'logged_out' }],
  [
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    { status: 'conflict' },
  ],
  [
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    { status: 'conflict' },
  ],
  [409, 'Conflict: terminated by setWebhook request', { status: 'conflict' }],
  [409, 'Conflict: terminated by other setWebhook', { status: 'conflict' }],
  [500, 'Internal Server Error: restart', { status: 'unknown', reason: 'server_error' }],
  [500, 'Internal Server Error: chat not found', { status: 'unknown', reason: 'server_error' }],
  [502, 'Bad Gateway', { status: 'unknown', reason: 'server_error' }],
  // A refusal nobody has seen yet ends this message, never the registration.
  [400, 'Bad Request: SOMETHING_NEW', refused('refused_by_telegram')],
  [403, 'Forbidden: something new', refused('refused_by_telegram')],
  [418, '', refused('refused_by_telegram')],
]

test.for(ANSWERS)('%i %s', ([code, description, meaning]) => {
  expect(classifyFailure(answered(code, description))).toEqual({ ...meaning, description })
  const loud = description.toUpperCase()
  expect(classifyFailure(answered(code, loud))).toEqual({ ...meaning, description: loud })
})

test.for([
  { told: { retry_after: 35 }, description: 'Too Many Requests: retry after 35', seconds: 35 },
  { told: { retry_after: 0 }, description: 'Too Many Requests: retry after 0', seconds: 0 },
  { told: { retry_after: 86_400 }, description: 'Too Many Requests: retry after 86400', seconds: 86_400 },
  { told: { retry_after: 31_536_000 }, description: 'Too Many Requests', seconds: 31_536_000 },
  { told: { retry_after: 1.2 }, description: 'Too Many Requests', seconds: 2 },
  { told: { retry_after: '40' }, description: 'Too Many Requests', seconds: 40 },
  { told: {}, description: 'Too Many Requests: retry after 12', seconds: 12 },
  { told: undefined, description: 'Too Many Requests', seconds: 5 },
  { told: { retry_after: -3 }, description: 'Too Many Requests', seconds: 5 },
  { told: { retry_after: null }, description: '', seconds: 5 },
])('429 with $told, "$description" waits $seconds s', ({ told, description, seconds }) => {
  const failure = classifyFailure(answered(429, description, told))
  expect(failure).toEqual({ status: 'flooded', retryAfterSeconds: seconds, description })
})

test('a migrated group has a new id, whatever the code', () => {
  const description = 'Bad Request: group chat was upgraded to a supergroup chat'
  const parameters = { migrate_to_chat_id: -1_002_345_678_901 }
  const meaning = { status: 'migrated', chatId: '-1002345678901', description }
  expect(classifyFailure(answered(400, description, parameters))).toEqual(meaning)
  expect(classifyFailure(answered(403, description, parameters))).toEqual(meaning)
})

test('what a message quotes is never taken for Telegram’s own words', () => {
  const tag = `Bad Request: can't parse entities: Unsupported start tag "user_is_blocked" at byte offset 0`
  const url = "Bad Request: inline keyboard button URL 'http://chat not found' is invalid: Wrong HTTP URL"
  expect(classifyFailure(answered(400, tag))).toMatchObject(content)
  expect(classifyFailure(answered(400, url))).toMatchObject(content)
})

test.for([
  { facts: { code: 'ECONNREFUSED', mayHaveArrived: false }, meaning: { status: 'not_sent' } },
  { facts: { code: 'ENOTFOUND', mayHaveArrived: false }, meaning: { status: 'not_sent' } },
  { facts: { code: 'DEADLINE', mayHaveArrived: false, timedOut: true }, meaning: { status: 'not_sent' } },
  {
    facts: { code: 'ECONNRESET', mayHaveArrived: true },
    meaning: { status: 'unknown', reason: 'connection_lost' },
  },
  {
    facts: { code: 'ABORTED', mayHaveArrived: true },
    meaning: { status: 'unknown', reason: 'connection_lost' },
  },
  {
    facts: { code: 'DEADLINE', mayHaveArrived: true, timedOut: true },
    meaning: { status: 'unknown', reason: 'timed_out' },
  },
  {
    facts: { code: 'ECONNRESET', mayHaveArrived: true, httpStatus: 200 },
    meaning: { status: 'unknown', reason: 'connection_lost' },
  },
  {
    facts: { code: 'ECONNRESET', mayHaveArrived: true, httpStatus: 502 },
    meaning: { status: 'unknown', reason: 'server_error' },
  },
  {
    facts: { code: 'NOT_JSON', mayHaveArrived: true, httpStatus: 502 },
    meaning: { status: 'unknown', reason: 'server_error' },
  },
  {
    facts: { code: 'EMPTY', mayHaveArrived: true, httpStatus: 500 },
    meaning: { status: 'unknown', reason: 'server_error' },
  },
  {
    facts: { code: 'EMPTY', mayHaveArrived: true, httpStatus: 200 },
    meaning: { status: 'unknown', reason: 'server_error' },
  },
  {
    facts: { code: 'NOT_JSON', mayHaveArrived: true, httpStatus: 413 },
    meaning: asLink,
  },
  {
    facts: { code: 'EMPTY', mayHaveArrived: true, httpStatus: 400 },
    meaning: { status: 'refused', reason: 'content_refused' },
  },
  {
    facts: { code: 'NOT_JSON', mayHaveArrived: true, httpStatus: 429, retryAfterSeconds: 90 },
    meaning: { status: 'flooded', retryAfterSeconds: 90 },
  },
  {
    facts: { code: 'NOT_JSON', mayHaveArrived: true, httpStatus: 429 },
    meaning: { status: 'flooded', retryAfterSeconds: 5 },
  },
  { facts: { code: 'NOT_JSON', mayHaveArrived: true, httpStatus: 404 }, meaning: { status: 'not_sent' } },
  { facts: { code: 'EMPTY', mayHaveArrived: true, httpStatus: 302 }, meaning: { status: 'not_sent' } },
])('$facts means $meaning', ({ facts, meaning }) => {
  expect(classifyFailure(lost(facts))).toMatchObject(meaning)
})

test.for([
  { error: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), status: 'not_sent' },
  {
    error: new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) }),
    status: 'not_sent',
  },
  {
    error: Object.assign(new Error('x'), { code: 'ECONNRESET' }),
    status: 'unknown',
    reason: 'connection_lost',
  },
  { error: new SyntaxError('Unexpected token <'), status: 'unknown', reason: 'server_error' },
  {
    error: Object.assign(new Error('x'), { type: 'invalid-json' }),
    status: 'unknown',
    reason: 'server_error',
  },
  { error: new Error("Request to 'x' timed out after 20 seconds"), status: 'unknown', reason: 'timed_out' },
  { error: 'anything', status: 'unknown', reason: 'connection_lost' },
])('of another transport’s errors only a sure one means not sent: $error', ({ error, ...meaning }) => {
  expect(classifyFailure(new HttpError('x', error))).toMatchObject(meaning)
})

test('a fault of ours is no ending of a call', () => {
  const fault = new TypeError('x is not a function')
  expect(() => classifyFailure(fault)).toThrow(fault)
})
