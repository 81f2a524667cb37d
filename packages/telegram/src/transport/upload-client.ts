import type { Readable } from 'node:stream'
import { Pool } from 'undici'
import { startDeadline } from './deadline.ts'
import { codeOf, createExchange, type RawAnswer } from './exchange.ts'
import type { LinesSettings } from './lines.ts'
import { TransportError } from './transport-error.ts'

export interface UploadClientSettings extends LinesSettings {
  leastBytesPerSecond: number
}

interface Upload {
  headers: Record<string, string> | undefined
  /** Destroyed in the end, also when it never left. */
  body: Readable
  /** So much more as its bytes may take. */
  deadlineMs: number
  signal: AbortSignal | undefined
}

export interface UploadClient {
  /**
   * @throws {TransportError} when no whole answer came
   */
  post(path: string, upload: Upload): Promise<RawAnswer>
  /** Lets uploads under way end; new ones fail as never sent. */
  close(): Promise<void>
}

/** Posts streams, by way of undici. */
export function createUploadClient(settings: UploadClientSettings): UploadClient {
  const { leastBytesPerSecond, keepAliveMs } = settings
  const pool = new Pool(settings.origin, {
    connections: settings.connections,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: settings.connectTimeoutMs },
    // Every call has its deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    // A peer's longer promise changes nothing, its shorter one does.
    keepAliveMaxTimeout: keepAliveMs,
    maxResponseSize: settings.maxAnswerBytes,
  })

  return {
    async post(path, { headers, body, deadlineMs: limitMs, signal }) {
      const expire = () => exchange.abandon({ code: 'DEADLINE', timedOut: true })
      const deadline = startDeadline({ limitMs, leastBytesPerSecond }, expire)
      const exchange = createExchange(deadline.extend)
      const abort = () => exchange.abandon({ code: 'ABORTED' })
      try {
        if (signal?.aborted === true) throw neverSent('ABORTED')
        signal?.addEventListener('abort', abort)
        dispatch(pool, { path, method: 'POST', headers: withoutConnection(headers), body }, exchange.handler)
        return await exchange.answer
      } finally {
        deadline.stop()
        signal?.removeEventListener('abort', abort)
        // undici destroys a body it began to send; one that never left would keep its file open.
        if (!body.destroyed) body.destroy()
      }
    },
    close: () => pool.close(),
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

// undici decides about the connection itself.
function withoutConnection(headers: Record<string, string> = {}): Record<string, string> {
  if (!('connection' in headers)) return headers
  const { connection: _connection, ...others } = headers
  return others
}

function neverSent(code: string): TransportError {
  return new TransportError({ code, mayHaveArrived: false })
}
