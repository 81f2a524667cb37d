import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { Logger } from '../log/create-logger.ts'
import type { Metrics } from '../metrics/create-metrics.ts'
import type { Readiness } from './readiness.ts'

export interface HealthServer {
  /** The one really taken, when 0 was wished. */
  port: number
  close(): Promise<void>
}

interface Answer {
  status: number
  contentType: string
  body: string
}

/**
 * GET /livez: 200 while the process turns at all; what it depends on does not count, since a restart would not mend that.
 * GET /readyz: 200 or 503, with `{"status", "failing"}`. GET /metrics: for Prometheus. Anything else: 404.
 *
 * @throws Error of node:net when the port cannot be had
 */
export async function startHealthServer(options: {
  host: string
  port: number
  readiness: Readiness
  metrics: Metrics
  logger: Logger
}): Promise<HealthServer> {
  const { readiness, metrics, logger } = options
  const answers: Record<string, () => Promise<Answer>> = {
    '/livez': async () => json(200, { status: 'alive' }),
    '/readyz': async () => {
      const report = await readiness.report()
      return json(report.status === 'ready' ? 200 : 503, report)
    },
    '/metrics': async () => ({ status: 200, contentType: metrics.contentType, body: await metrics.render() }),
  }
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const answer = isRead && Object.hasOwn(answers, path) ? answers[path] : undefined
    void respond(response, answer ?? (async () => json(404, { status: 'not_found' })), logger)
  })
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: address !== null && typeof address === 'object' ? address.port : options.port,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function respond(
  response: ServerResponse,
  answer: () => Promise<Answer>,
  logger: Logger,
): Promise<void> {
  try {
    const { status, contentType, body } = await answer()
    // HEAD gets the same headers; node leaves out the body by itself.
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body)
  } catch (error) {
    logger.error({ err: error }, 'health.answer_failed')
    response.writeHead(500).end()
  }
}

function json(status: number, value: object): Answer {
  return { status, contentType: 'application/json', body: `${JSON.stringify(value)}\n` }
}
