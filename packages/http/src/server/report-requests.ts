import type { Logger, Metrics } from '@postino/runtime'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Known once the request's key is. */
    shopId: string | undefined
  }
}

export interface RequestMetrics {
  observeRequest(request: { route: string; method: string; status: number; seconds: number }): void
}

export interface RequestReporting {
  metrics: RequestMetrics
  logger: Logger
}

export function createRequestMetrics(metrics: Metrics): RequestMetrics {
  const requests = metrics.histogram({
    name: 'postino_http_request_duration_seconds',
    help: 'From the first byte of a request to the last of its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  })
  return { observeRequest: ({ seconds, ...labels }) => requests.observe(labels, seconds) }
}

/** Counts every request and times it; one that was refused or failed leaves a line in the log. Never its URL or body. */
export function reportRequests(app: FastifyInstance, { metrics, logger }: RequestReporting): void {
  app.decorateRequest('shopId', undefined)
  app.addHook('onResponse', async (request, reply) => {
    const { method, id, shopId: shop } = request
    const route = request.routeOptions.url ?? 'none'
    const status = reply.statusCode
    metrics.observeRequest({ route, method, status, seconds: reply.elapsedTime / 1000 })
    const fields = { request: id, shop, route, method, status, durationMs: Math.round(reply.elapsedTime) }
    if (status < 400) logger.debug(fields, 'request.answered')
    else logger.info(fields, 'request.refused')
  })
}
