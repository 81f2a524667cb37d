import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Logger } from '@postino/runtime'
import type { Update } from 'grammy/types'
import type { BotMetrics } from './metrics.ts'
import type { ServedBots } from './serve-bots.ts'

// Telegram's own updates stay far below; what is larger is not Telegram's.
const MAX_BODY_BYTES = 1_048_576
const PATH = /^\/telegram\/([A-Za-z0-9_-]{1,64})$/

export interface WebhookServerDependencies {
  bots: ServedBots
  metrics: BotMetrics
  logger: Logger
}

/** Takes Telegram's webhooks: `POST /telegram/<path>` with the bot's secret in its header. */
export function createWebhookServer({ bots, metrics, logger }: WebhookServerDependencies) {
  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // Told 500, Telegram delivers the same update again.
      logger.error({ err: error }, 'bot.update_failed')
      metrics.updateReceived('failed')
      end(response, 500)
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, path] = PATH.exec(request.url ?? '') ?? []
    const bot = path === undefined ? undefined : bots.find(path)
    if (bot === undefined) return end(response, 404)
    if (request.method !== 'POST') return end(response, 405)
    // Before the body is read: whoever does not know the secret costs us nothing.
    if (!isSame(request.headers['x-telegram-bot-api-secret-token'], bot.secret)) {
      metrics.updateReceived('unauthorized')
      return end(response, 401)
    }
    const body = await readBody(request)
    const update = body === undefined ? undefined : parseUpdate(body)
    if (update === undefined) {
      metrics.updateReceived('malformed')
      return end(response, body === undefined ? 413 : 400)
    }
    await bot.handle(update)
    metrics.updateReceived('handled')
    end(response, 200)
  }

  return {
    async listen(address: { host: string; port: number }): Promise<void> {
      server.listen(address.port, address.host)
      await once(server, 'listening')
    },
    async close(): Promise<void> {
      server.close()
      server.closeIdleConnections()
      if (server.listening) await once(server, 'close')
    },
  }
}

function end(response: ServerResponse, status: number): void {
  if (response.headersSent) return
  response
    .writeHead(status, { 'content-length': 0, ...(status === 413 ? { connection: 'close' } : {}) })
    .end()
}

// Hashed first, so that neither the content nor the length shows in the time it takes.
function isSame(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false
  return timingSafeEqual(
    createHash('sha256').update(given).digest(),
    createHash('sha256').update(secret).digest(),
  )
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request) {
    sizeBytes += chunk.length
    if (sizeBytes > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Only what every update has is looked at; the features check the rest as they read it. */
function parseUpdate(body: Buffer): Update | undefined {
  try {
    const update: unknown = JSON.parse(body.toString('utf8'))
    return isUpdate(update) ? update : undefined
  } catch {
    // Not JSON: the caller answers 400.
    return undefined
  }
}

function isUpdate(value: unknown): value is Update {
  return (
    typeof value === 'object' &&
    value !== null &&
    'update_id' in value &&
    Number.isSafeInteger(value.update_id)
  )
}
