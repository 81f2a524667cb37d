import type { Dispatcher } from 'undici'
import { TransportError } from './transport-error.ts'

/** A whole answer, not yet parsed. */
export interface RawAnswer {
  httpStatus: number
  retryAfterSeconds: number | undefined
  body: string
}

export interface Exchange {
  handler: Dispatcher.DispatchHandler
  answer: Promise<RawAnswer>
  /** Gives up, whatever the stage; does nothing once the exchange has ended. */
  abandon(facts: { code: string; timedOut?: boolean }): void
}

/**
 * One upload and its answer, as seen by undici's dispatcher.
 *
 * undici's `request` hides whether the bytes ever left, and its error codes do not tell either: ECONNRESET comes from a
 * TLS handshake as well as after the request was written. The dispatcher does tell: `onRequestSent` comes once the whole body was
 * handed to the socket. A stream cut before its end lacks the last chunk, and no server acts on it.
 *
 * @param onSent told of every part of the body that was handed to the socket
 */
export function createExchange(onSent: (sizeBytes: number) => void): Exchange {
  const { promise: answer, resolve, reject } = Promise.withResolvers<RawAnswer>()
  const chunks: Buffer[] = []
  let controller: Dispatcher.DispatchController | undefined
  let wasSent = false
  let hasEnded = false
  let httpStatus: number | undefined
  let retryAfterSeconds: number | undefined

  function fail(code: string, timedOut: boolean): void {
    if (hasEnded) return
    hasEnded = true
    const mayHaveArrived = httpStatus !== undefined || wasSent
    reject(new TransportError({ code, mayHaveArrived, timedOut, httpStatus, retryAfterSeconds }))
  }

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started
      // Given up while it waited for a connection: aborting here keeps undici from writing anything.
      if (hasEnded) started.abort(new Error('given up'))
    },
    onBodySent(chunk) {
      onSent(chunk.length)
    },
    onRequestSent() {
      wasSent = true
    },
    onResponseStart(_controller, status, headers) {
      if (status < 200) return
      httpStatus = status
      retryAfterSeconds = parseRetryAfter(headers['retry-after'])
    },
    onResponseData(_controller, chunk) {
      chunks.push(chunk)
    },
    onResponseEnd() {
      if (hasEnded || httpStatus === undefined) return
      hasEnded = true
      // Nearly every answer comes in one piece.
      const whole = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
      resolve({ httpStatus, retryAfterSeconds, body: whole?.toString('utf8') ?? '' })
    },
    onResponseError(_controller, error) {
      const code = codeOf(error)
      fail(code, code.endsWith('TIMEOUT') || code === 'ETIMEDOUT')
    },
  }

  function abandon({ code, timedOut = false }: { code: string; timedOut?: boolean }): void {
    if (hasEnded) return
    fail(code, timedOut)
    controller?.abort(new Error('given up'))
  }

  return { handler, answer, abandon }
}

/** Only the code of a library's error is kept: its message and its fields may hold the URL. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'UNKNOWN'
}

/** Seconds; the form with a date is not used by Telegram. */
function parseRetryAfter(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : undefined
}
