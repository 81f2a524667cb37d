/** Facts about a call that got no usable answer; see the fields of {@link TransportError}. */
export interface TransportFacts {
  code: string
  mayHaveArrived: boolean
  timedOut?: boolean
  httpStatus?: number
  retryAfterSeconds?: number
}

/**
 * A call to the Bot API that brought no answer one could read.
 *
 * It answers the one question that matters after a send: may the message have arrived? It deliberately has no `cause`:
 * errors of libraries carry the URL, and Telegram's URLs carry the bot's token.
 */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  /** Of the system (`ECONNREFUSED`), of undici (`UND_ERR_HEADERS_TIMEOUT`) or ours (`DEADLINE`, `NOT_JSON` …). */
  readonly code: string
  /** False when Telegram cannot have got the whole request: it is safe to send it again. */
  readonly mayHaveArrived: boolean
  readonly timedOut: boolean
  /** Of an answer that was cut or is not of the Bot API's form; undefined when there was none. */
  readonly httpStatus: number | undefined
  /** The header of such an answer, in seconds. */
  readonly retryAfterSeconds: number | undefined

  constructor(facts: TransportFacts) {
    super(describe(facts))
    this.code = facts.code
    this.mayHaveArrived = facts.mayHaveArrived
    this.timedOut = facts.timedOut ?? false
    this.httpStatus = facts.httpStatus
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}

function describe({ code, mayHaveArrived, httpStatus }: TransportFacts): string {
  if (httpStatus !== undefined) return `HTTP ${httpStatus} without an answer of the Bot API (${code})`
  return mayHaveArrived
    ? `no answer from the Bot API (${code}); the request may have arrived`
    : `the request did not reach the Bot API (${code})`
}
