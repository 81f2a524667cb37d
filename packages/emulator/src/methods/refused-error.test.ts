import { expect, test } from 'vitest'
import { refusal } from './refused-error.ts'

test.each([
  [400, 'Chat not found', 'Bad Request: chat not found'],
  [400, 'CHAT_WRITE_FORBIDDEN', 'Bad Request: CHAT_WRITE_FORBIDDEN'],
  [400, 'a_b', 'Bad Request: a_b'],
  [400, "Can't parse entities: Unsupported", "Bad Request: can't parse entities: Unsupported"],
  [400, 'Bad Request: chat_id is empty', 'Bad Request: chat_id is empty'],
  [400, 'WEBPAGE_CURL_FAILED', 'Bad Request: failed to get HTTP URL content'],
  [400, 'WEBPAGE_MEDIA_EMPTY', 'Bad Request: wrong type of the web page content'],
  [400, 'REPLY_MARKUP_TOO_LONG', 'Bad Request: reply markup is too long'],
  [
    400,
    'MESSAGE_NOT_MODIFIED',
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  ],
  [
    400,
    'QUERY_ID_INVALID',
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  ],
  [401, 'Unauthorized', 'Unauthorized'],
  [403, 'bot was blocked by the user', 'Forbidden: bot was blocked by the user'],
] as const)('code %i with %s is told as: %s', (code, message, description) => {
  expect(refusal(code, message)).toEqual({ status: 'refused', code, description })
})
