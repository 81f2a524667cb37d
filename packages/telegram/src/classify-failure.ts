import { GrammyError, HttpError } from 'grammy'
import type { CallFailure } from './delivery-failure.ts'
import { REFUSALS } from './refusals.ts'
import { codeOf } from './transport/exchange.ts'
import { TransportError } from './transport/transport-error.ts'

// What the server itself asks for when it loses a request while it restarts.
const RETRY_AFTER_UNTOLD_SECONDS = 5

/**
 * What the end of a call means for the message: the one place that reads Telegram's errors.
 *
 * @param error as grammY throws it: GrammyError (Telegram answered) or HttpError (no answer, or not one of the Bot API).
 * @throws the error itself when it comes from no call: that is a fault of ours, and no guess about the message is right.
 */
export function classifyFailure(error: unknown): CallFailure {
  if (error instanceof GrammyError) return classifyAnswer(error)
  if (error instanceof HttpError) return classifyFailure(toTransportError(error.error))
  if (error instanceof TransportError) return classifyLoss(error)
  throw error
}

function classifyAnswer(error: GrammyError): CallFailure {
  const { error_code: code, description, parameters } = error
  const movedTo: unknown = parameters.migrate_to_chat_id
  if (Number.isSafeInteger(movedTo)) return { status: 'migrated', chatId: String(movedTo), description }
  if (code === 429) {
    const retryAfterSeconds = readRetryAfter(parameters.retry_after, description)
    return { status: 'flooded', retryAfterSeconds, description }
  }
  // The request was read, but what became of it nobody knows: the server may have failed after passing it on.
  if (code >= 500) return { status: 'unknown', reason: 'server_error', description }
  if (code === 409) return { status: 'conflict', description }

  const text = description.toLowerCase()
  const verdict = REFUSALS.find(([words]) => text.includes(words))?.[1]
  if (verdict?.status === 'refused') return { ...verdict, ...fileNamedIn(text), description }
  if (verdict !== undefined) return { ...verdict, description }
  if (code === 401 || code === 404 || code === 421) {
    return { status: 'bot_broken', reason: 'token_refused', description }
  }
  if (code === 413) return tooLarge(description)
  // Everything else is a refusal as well, and for what we do not know: no registration ends on a guess.
  return { status: 'refused', reason: 'refused_by_telegram', description }
}

/** An album's error names the file, counted from 1. */
function fileNamedIn(text: string): { fileIndex?: number } {
  const number = /failed to send message #(\d+) /.exec(text)?.[1]
  return number === undefined ? {} : { fileIndex: Number(number) - 1 }
}

/** Only files make a request too large. */
function tooLarge(description: string): CallFailure {
  return { status: 'refused', reason: 'content_refused', remedy: 'send_as_link', description }
}

/** Seconds, whole and never less than Telegram said; `description` has them too: "retry after 35". */
function readRetryAfter(parameter: unknown, description: string): number {
  const told = [parameter, /retry after (\d+)/i.exec(description)?.[1]]
    .filter((value) => typeof value === 'number' || (typeof value === 'string' && value !== ''))
    .map(Number)
    .find((seconds) => Number.isFinite(seconds) && seconds >= 0)
  return told === undefined ? RETRY_AFTER_UNTOLD_SECONDS : Math.ceil(told)
}

// An answer, but not one of the Bot API: from a front end, or Telegram's own when it cannot read a request.
const UNREADABLE_CODES = new Set(['EMPTY', 'NOT_JSON', 'NOT_BOT_API'])
// Refusals of the request itself: bad multipart, too large, too long, wrong type.
const REFUSED_HTTP_STATUSES = new Set([400, 405, 411, 414, 415, 431])

function classifyLoss(error: TransportError): CallFailure {
  const { message: description, httpStatus, retryAfterSeconds } = error
  if (!error.mayHaveArrived) return { status: 'not_sent', description }
  if (httpStatus === 429) {
    return {
      status: 'flooded',
      retryAfterSeconds: retryAfterSeconds ?? RETRY_AFTER_UNTOLD_SECONDS,
      description,
    }
  }
  if (httpStatus === 413) return tooLarge(description)
  if (httpStatus !== undefined && REFUSED_HTTP_STATUSES.has(httpStatus)) {
    return { status: 'refused', reason: 'content_refused', description }
  }
  // Turned away before Telegram saw it. An error page proves nothing about the token, so the bot is not parked for it.
  if (httpStatus !== undefined && httpStatus >= 300 && httpStatus < 500)
    return { status: 'not_sent', description }
  if (UNREADABLE_CODES.has(error.code) || (httpStatus !== undefined && httpStatus >= 500)) {
    return { status: 'unknown', reason: 'server_error', description }
  }
  return { status: 'unknown', reason: error.timedOut ? 'timed_out' : 'connection_lost', description }
}

// Codes that can only come before a request is written.
const NEVER_LEFT_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** Another transport than ours does not say whether the request left: in doubt it did. */
function toTransportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error
  const code = [error, error instanceof Error ? error.cause : undefined]
    .map(codeOf)
    .find((one) => one !== 'UNKNOWN')
  if (code !== undefined && NEVER_LEFT_CODES.has(code))
    return new TransportError({ code, mayHaveArrived: false })
  if (
    error instanceof SyntaxError ||
    (error instanceof Error && 'type' in error && error.type === 'invalid-json')
  ) {
    return new TransportError({ code: 'NOT_JSON', mayHaveArrived: true })
  }
  const timedOut = error instanceof Error && error.message.includes('timed out')
  return new TransportError({ code: code ?? 'UNKNOWN', mayHaveArrived: true, timedOut })
}
