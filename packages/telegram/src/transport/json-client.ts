import { createCallPool, type PooledCall } from './call-pool.ts'
import type { RawAnswer } from './exchange.ts'
import type { LinesSettings } from './lines.ts'
import { TransportError, type TransportFacts } from './transport-error.ts'

export interface JsonClient {
  /**
   * @throws {TransportError} when no whole answer came
   */
  post(path: string, json: string, limits: { deadlineMs: number; signal?: AbortSignal }): Promise<RawAnswer>
  /** Lets calls end, those that wait as well; new ones fail as never sent. */
  close(): Promise<void>
}

/**
 * Posts JSON over keep-alive connections of its own. Here a request is one text and an answer mostly one piece, each call like the one
 * before; undici, which is made for all there is, takes more CPU for a call than Node's socket and the kernel do together.
 */
export function createJsonClient(settings: LinesSettings): JsonClient {
  const pool = createCallPool(settings)
  const { host } = new URL(settings.origin)
  let isClosed = false

  function problemWith(path: string, signal: AbortSignal | undefined): string | undefined {
    if (isClosed) return 'CLOSED'
    if (signal?.aborted === true) return 'ABORTED'
    return /[^!-~]/.test(path) ? 'BAD_PATH' : undefined
  }

  return {
    post(path, json, { deadlineMs, signal }) {
      const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>()
      const problem = problemWith(path, signal)
      if (problem !== undefined) {
        reject(new TransportError({ code: problem, mayHaveArrived: false }))
        return promise
      }
      const call: PooledCall = {
        request:
          `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\ncontent-type: application/json\r\n` +
          `content-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`,
        answered(answer) {
          stopWatching()
          resolve(answer)
        },
        lost(facts) {
          stopWatching()
          reject(new TransportError(facts))
        },
      }
      const giveUp = (why: Pick<TransportFacts, 'code' | 'timedOut'>) =>
        call.lost({ ...why, ...pool.giveUp(call) })
      const timer = setTimeout(giveUp, deadlineMs, { code: 'DEADLINE', timedOut: true })
      const abort = signal && (() => giveUp({ code: 'ABORTED' }))
      if (abort !== undefined) signal?.addEventListener('abort', abort)

      function stopWatching(): void {
        clearTimeout(timer)
        if (abort !== undefined) signal?.removeEventListener('abort', abort)
      }

      pool.begin(call)
      return promise
    },
    async close() {
      isClosed = true
      await pool.close()
    },
  }
}
