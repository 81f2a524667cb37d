import type { FastifyInstance } from 'fastify'
import { answerClientError } from './client-errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bodies take as long here as a file takes to arrive. */
    takesFiles?: boolean
  }
}

/**
 * Gives up requests that take longer than this to arrive, but for those with files: Node knows one limit for all, which
 * is theirs. Also what is left of a request that was answered, so that whoever has no key holds no connection for long.
 */
export function limitRequestTime(app: FastifyInstance, requestMs: number): void {
  const timers = new Set<NodeJS.Timeout>()
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request
    if (raw.complete || request.routeOptions.config.takesFiles === true) return
    const timer = setTimeout(() => {
      if (raw.complete) return
      if (reply.raw.headersSent) raw.socket.destroy()
      else answerClientError(new RequestTimeoutError('the request took too long to arrive'), raw.socket)
    }, requestMs)
    timers.add(timer)
    raw.once('close', () => {
      clearTimeout(timer)
      timers.delete(timer)
    })
  })
  // By then no connection is left.
  app.addHook('onClose', async () => timers.forEach((timer) => clearTimeout(timer)))
}

/** As Node calls it, when it is its own limit. */
class RequestTimeoutError extends Error {
  override readonly name = 'RequestTimeoutError'
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT'
}
