import { Readable } from 'node:stream'
import { Pool } from 'undici'
import { parseApiRoot } from './api-root.ts'
import { startDeadline } from './deadline.ts'
import { codeOf, createExchange } from './exchange.ts'
import { parseAnswer } from './parse-answer.ts'
import { TransportError } from './transport-error.ts'

export interface TransportSettings {
  /** Of the Bot API server, such as `https://api.telegram.org`. */
  apiRoot: string
  /** At most so many connections, each with one call at a time; further calls wait for one. */
  connections: number
  /** For a new connection, TLS included. Default 5,000. */
  connectTimeoutMs?: number
  /** A net below the deadline of each call: longest wait for the first byte of an answer. Default 0: the deadline is enough. */
  headersTimeoutMs?: number
  /** The same between two parts of an answer. */
  bodyTimeoutMs?: number
  /**
   * How long an unused connection is kept. Telegram's own server keeps it for 500 s, a usual front end for 60 to 75 s: ours
   * must be the shorter, since a call on a connection the peer is just closing has an unknown outcome. Default 15,000.
   */
  keepAliveMs?: number
  /** An upload gets as much more time as its bytes take at this rate. Default 500,000: 50 MB have 100 s. */
  leastUploadBytesPerSecond?: number
}

/** What grammY asks of `fetch`, and nothing more. */
export interface TelegramRequest {
  method?: string
  headers?: Record<string, string>
  body?: string | Readable
  signal?: AbortSignal
  /**
   * From the call to the last byte of its answer, waiting for a connection included. An upload has as much more as its
   * bytes may take, see `leastUploadBytesPerSecond`. Default 30,000.
   */
  deadlineMs?: number
}

interface TelegramResponse {
  status: number
  /** @throws {TransportError} when the body is not an answer of the Bot API. */
  json(): Promise<object>
}

/** The way to one Bot API server, shared by all bots of a process. */
export interface TelegramTransport {
  /**
   * A `fetch` for grammY's client.
   *
   * @throws {TransportError} when no whole answer came.
   */
  fetch: (url: string, request: TelegramRequest) => Promise<TelegramResponse>
  /** Lets the calls under way end, then closes all connections; new calls fail as never sent. */
  close: () => Promise<void>
}

const DEFAULT_DEADLINE_MS = 30_000
const LEAST_UPLOAD_BYTES_PER_SECOND = 500_000
// getUpdates with 100 long messages stays below one; anything near this is not the Bot API.
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/**
 * Opens a pool of keep-alive connections to one Bot API server. grammY's own default costs several times the CPU a call.
 *
 * HTTP/1.1 on purpose: with one call on a connection, a lost connection puts one message in doubt and not a hundred.
 */
export function createTelegramTransport(settings: TransportSettings): TelegramTransport {
  const root = parseApiRoot(settings.apiRoot)
  const { leastUploadBytesPerSecond: leastBytesPerSecond = LEAST_UPLOAD_BYTES_PER_SECOND } = settings
  const keepAliveMs = settings.keepAliveMs ?? 15_000
  const pool = new Pool(root.origin, {
    connections: settings.connections,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: settings.connectTimeoutMs ?? 5_000 },
    headersTimeout: settings.headersTimeoutMs ?? 0,
    bodyTimeout: settings.bodyTimeoutMs ?? 0,
    keepAliveTimeout: keepAliveMs,
    // A peer's longer promise changes nothing, its shorter one does.
    keepAliveMaxTimeout: keepAliveMs,
    maxResponseSize: MAX_ANSWER_BYTES,
  })

  return {
    fetch(url, request) {
      if (!url.startsWith(`${root.url}/`)) return Promise.reject(neverSent('OTHER_API_ROOT'))
      const path = `${root.path}${url.slice(root.url.length)}`
      return call({ pool, leastBytesPerSecond }, path, request)
    },
    close: () => pool.close(),
  }
}

async function call(
  { pool, leastBytesPerSecond }: { pool: Pool; leastBytesPerSecond: number },
  path: string,
  request: TelegramRequest,
): Promise<TelegramResponse> {
  const { method = 'POST', headers, body, signal, deadlineMs: limitMs = DEFAULT_DEADLINE_MS } = request
  const isStreamed = body instanceof Readable
  const expire = () => exchange.abandon({ code: 'DEADLINE', timedOut: true })
  const deadline = startDeadline({ limitMs, leastBytesPerSecond }, expire)
  const exchange = createExchange({ isStreamed, onSent: isStreamed ? deadline.extend : undefined })
  const abort = () => exchange.abandon({ code: 'ABORTED' })
  try {
    if (signal?.aborted === true) throw neverSent('ABORTED')
    signal?.addEventListener('abort', abort)
    dispatch(pool, { path, method, headers: withoutConnection(headers), body }, exchange.handler)
    const answer = await exchange.answer
    const { httpStatus } = answer
    return { status: httpStatus, json: async () => parseAnswer(answer, () => secretIn(path)) }
  } finally {
    deadline.stop()
    signal?.removeEventListener('abort', abort)
    // undici destroys a body it began to send; one that never left would keep its file open.
    if (isStreamed && !body.destroyed) body.destroy()
  }
}

/** undici throws at once for a path or header that cannot be sent; it also must not reach the caller as it is. */
function dispatch(pool: Pool, ...[options, handler]: Parameters<Pool['dispatch']>): void {
  try {
    pool.dispatch(options, handler)
  } catch (error) {
    throw neverSent(codeOf(error))
  }
}

/** The secret half of the token in `/bot<id>:<secret>/<method>`. */
function secretIn(path: string): string | undefined {
  return /\/bot[^/:]*:([^/]*)/.exec(path)?.[1]
}

// undici decides about the connection itself.
function withoutConnection(headers: Record<string, string> = {}): Record<string, string> {
  if (!('connection' in headers)) return headers
  const { connection: _connection, ...others } = headers
  return others
}

function neverSent(code: string): TransportError {
  return new TransportError({ code, mayHaveArrived: false })
}
