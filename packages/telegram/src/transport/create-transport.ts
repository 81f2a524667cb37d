import type { Readable } from 'node:stream'
import { parseApiRoot } from './api-root.ts'
import type { RawAnswer } from './exchange.ts'
import { createJsonClient } from './json-client.ts'
import { TransportError } from './transport-error.ts'
import { createUploadClient } from './upload-client.ts'

export interface TransportSettings {
  /** Of the Bot API server, such as `https://api.telegram.org`. */
  apiRoot: string
  /** At most so many connections, each with one call at a time; further calls wait for one. Uploads have as many of their own. */
  connections: number
  /** For a new connection, TLS included. Default 5,000. */
  connectTimeoutMs?: number
  /**
   * How long an unused connection is kept. Telegram's own server keeps it for 500 s, a usual front end for 60 to 75 s: ours
   * must be the shorter, since a call on a connection the peer is just closing has an unknown outcome. Default 15,000.
   */
  keepAliveMs?: number
  /** An upload gets as much more time as its bytes take at this rate. Default 500,000: 50 MB have 100 s. */
  leastUploadBytesPerSecond?: number
}

/** What grammY asks of `fetch`, and nothing more. It is a POST. */
export interface TelegramRequest {
  /** Of an upload; everything else is JSON. */
  headers?: Record<string, string>
  /** JSON, or the stream of an upload. */
  body?: string | Readable
  signal?: AbortSignal
  /**
   * From the call to the last byte of its answer, waiting for a connection included. An upload has as much more as its
   * bytes may take, see `leastUploadBytesPerSecond`. Default 30,000.
   */
  deadlineMs?: number
}

/** The way to one Bot API server, shared by all bots of a process. */
export interface TelegramTransport {
  /**
   * Brings whatever was answered; `parseAnswer` reads it.
   *
   * @throws {TransportError} when no whole answer came.
   */
  fetch: (url: string, request: TelegramRequest) => Promise<RawAnswer>
  /** Lets the calls under way end, then closes all connections; new calls fail as never sent. */
  close: () => Promise<void>
}

const DEFAULT_DEADLINE_MS = 30_000
const LEAST_UPLOAD_BYTES_PER_SECOND = 500_000
// getUpdates with 100 long messages stays below one; anything near this is not the Bot API.
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/**
 * Opens the way to one Bot API server: keep-alive connections for JSON (`json-client.ts`) and others for uploads, which are rare, and
 * where undici costs little beside the bytes. grammY's own default costs several times the CPU a call.
 *
 * HTTP/1.1 on purpose: with one call on a connection, a lost connection puts one message in doubt and not a hundred.
 */
export function createTelegramTransport(settings: TransportSettings): TelegramTransport {
  const root = parseApiRoot(settings.apiRoot)
  const common = {
    origin: root.origin,
    connections: settings.connections,
    connectTimeoutMs: settings.connectTimeoutMs ?? 5_000,
    keepAliveMs: settings.keepAliveMs ?? 15_000,
    maxAnswerBytes: MAX_ANSWER_BYTES,
  }
  const json = createJsonClient(common)
  const uploads = createUploadClient({
    ...common,
    leastBytesPerSecond: settings.leastUploadBytesPerSecond ?? LEAST_UPLOAD_BYTES_PER_SECOND,
  })

  function post(path: string, request: TelegramRequest): Promise<RawAnswer> {
    const { headers, body = '', signal, deadlineMs = DEFAULT_DEADLINE_MS } = request
    if (typeof body === 'string') return json.post(path, body, { deadlineMs, signal })
    return uploads.post(path, { headers, body, deadlineMs, signal })
  }

  return {
    fetch(url, request) {
      if (url.startsWith(`${root.url}/`)) return post(`${root.path}${url.slice(root.url.length)}`, request)
      return Promise.reject(new TransportError({ code: 'OTHER_API_ROOT', mayHaveArrived: false }))
    },
    async close() {
      await Promise.all([json.close(), uploads.close()])
    },
  }
}
