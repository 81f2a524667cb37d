import type { RawAnswer } from './exchange.ts'
import { TransportError } from './transport-error.ts'

/**
 * Reads an answer of the Bot API: `{ok: true, result}` or `{ok: false, error_code, description}`.
 *
 * grammY takes any JSON for one. Without this check a front end's `{}` becomes an error without a code, and `null` a
 * TypeError deep inside grammY. A description never carries the token on, wherever a proxy may have put it.
 *
 * @param url of the call, with the token
 * @throws {TransportError} for everything else: HTML, an empty body, JSON of another form.
 */
export function parseAnswer(answer: RawAnswer, url: string): object {
  const { httpStatus, retryAfterSeconds, body } = answer
  const parsed = parseJson(body)
  if (isObject(parsed) && parsed['ok'] === true && 'result' in parsed) return parsed
  if (isObject(parsed) && parsed['ok'] === false && typeof parsed['error_code'] === 'number') {
    const description = typeof parsed['description'] === 'string' ? parsed['description'] : ''
    return { ...parsed, description: withoutSecret(description, secretIn(url)) }
  }
  const code = body === '' ? 'EMPTY' : parsed === undefined ? 'NOT_JSON' : 'NOT_BOT_API'
  throw new TransportError({ code, mayHaveArrived: true, httpStatus, retryAfterSeconds })
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // The parser's own error quotes the page, and error pages of proxies quote the URL with the token.
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The secret half of the token in `/bot<id>:<secret>/<method>`. */
function secretIn(url: string): string | undefined {
  return /\/bot[^/:]*:([^/]*)/.exec(url)?.[1]
}

/** The part after the colon is what makes a token a token; the part before it is the bot's public id. */
function withoutSecret(text: string, secret: string | undefined): string {
  return secret === undefined || secret === '' ? text : text.replaceAll(secret, '[token]')
}
