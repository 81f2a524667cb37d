/**
 * A call that Telegram refuses. Refusals come from deep inside a parameter (the third button of the second row), so
 * they are thrown there and answered in one place, and every parser stays a plain function of its value.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly refusal: Refusal
  /** The message before it was put into words: Telegram's own code, where there is one. */
  readonly raw: string

  constructor(answer: Refusal, raw: string = answer.description) {
    super(answer.description)
    this.refusal = answer
    this.raw = raw
  }
}

export interface Refusal {
  readonly status: 'refused'
  readonly code: number
  readonly description: string
  readonly parameters?: { readonly migrate_to_chat_id?: number; readonly retry_after?: number }
}

type RefusalCode = 400 | 401 | 403

const PREFIXES: Readonly<Record<RefusalCode, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
}

/** Codes of Telegram's inner server that the Bot API server puts into words; all others it passes on. */
const WORDS: Readonly<Record<string, string>> = {
  MESSAGE_NOT_MODIFIED:
    'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
    'content and reply markup of the message',
  WC_CONVERT_URL_INVALID: 'Wrong HTTP URL specified',
  EXTERNAL_URL_INVALID: 'Wrong HTTP URL specified',
  WEBPAGE_CURL_FAILED: 'Failed to get HTTP URL content',
  WEBPAGE_MEDIA_EMPTY: 'Wrong type of the web page content',
  MEDIA_GROUPED_INVALID: "Can't use the media of the specified type in the album",
  REPLY_MARKUP_TOO_LONG: 'reply markup is too long',
  QUERY_ID_INVALID: 'query is too old and response timeout expired or query ID is invalid',
  MESSAGE_DELETE_FORBIDDEN: "message can't be deleted",
}

/**
 * A refusal in the wording of the real server: a prefix by code, then the message with its first letter in lower
 * case, unless its second letter is upper case or `_`, so that raw codes (`CHAT_WRITE_FORBIDDEN`) stay as they are.
 */
export function refusal(code: RefusalCode, message: string): Refusal {
  const prefix = PREFIXES[code]
  const words = WORDS[message] ?? message
  if (words.startsWith(prefix)) return { status: 'refused', code, description: words }
  const text = /^.[A-Z_]/s.test(words) ? words : `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`
  return { status: 'refused', code, description: `${prefix}: ${text}` }
}

/** @throws {RefusedError} with code 400. */
export function refuse(message: string): never {
  throw new RefusedError(refusal(400, message), message)
}

/** @throws {RefusedError} with code 403. */
export function forbid(message: string): never {
  throw new RefusedError(refusal(403, message), message)
}

export function floodRefusal(retryAfterSeconds: number): Refusal {
  return {
    status: 'refused',
    code: 429,
    description: `Too Many Requests: retry after ${retryAfterSeconds}`,
    parameters: { retry_after: retryAfterSeconds },
  }
}
