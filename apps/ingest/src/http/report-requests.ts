import type { Logger } from '@postino/runtime'
import type { FastifyInstance } from 'fastify'
import type { IngestMetrics } from '../metrics.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Known once the request's key is. */
    shopId: string | undefined
  }
}

export interface RequestReporting {
  metrics: IngestMetrics
  logger: Logger
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
