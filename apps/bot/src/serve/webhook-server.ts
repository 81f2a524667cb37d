import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '@postino/runtime'
import type { Update } from 'grammy/types'
import type { BotMetrics } from '../metrics.ts'
import { readBody } from './read-body.ts'
import { readUpdate } from './read-update.ts'

// Telegram's largest updates, long texts with a reply to another one in escaped JSON, stay well below.
const MAX_BODY_BYTES = 1_048_576
const PATH = /^\/telegram\/([A-Za-z0-9_-]{1,64})$/
// Telegram sends a request in one go. Whoever takes his time is not Telegram.
const TIME_LIMITS = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 }

export interface WebhookServerDependencies {
  /** The bot behind a path, with the secret Telegram must show. */
  findBot: (path: string) => { secret: string; handle(update: Update): Promise<void> } | undefined
  metrics: BotMetrics
  logger: Logger
}

export interface WebhookServer {
  /** @returns the port, for whoever asked for any */
  listen(address: { host: string; port: number }): Promise<number>
  /** Ends when every update under way is handled and answered. */
  close(): Promise<void>
}

/** Takes Telegram's webhooks: `POST /telegram/<path>` with the bot's secret in its header. */
export function createWebhookServer({ findBot, metrics, logger }: WebhookServerDependencies): WebhookServer {
  let isClosing = false
  const server = createServer(TIME_LIMITS, (request, response) => {
    answer(request, response).then(
      (status) => end(response, status),
      () => response.destroy(),
    )
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<number> {
    const [, path] = PATH.exec(request.url ?? '') ?? []
    const bot = path === undefined ? undefined : findBot(path)
    if (bot === undefined) return 404
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST')
      return 405
    }
    // Before the body is read: whoever does not know the secret costs us nothing.
    if (!isSame(request.headers['x-telegram-bot-api-secret-token'], bot.secret)) {
      metrics.updateTaken('unauthorized')
      return 401
    }
    const body = await readBody(request, MAX_BODY_BYTES)
    if (body === undefined) {
      metrics.updateTaken('malformed')
      return 413
    }
    return await take(bot, parseJson(body))
  }

  async function take(bot: { handle(update: Update): Promise<void> }, value: unknown): Promise<number> {
    const read = readUpdate(value)
    switch (read.status) {
      case 'no_update':
        metrics.updateTaken('malformed')
        return 400
      case 'unreadable':
        // Taken all the same: Telegram would repeat it for a day, and hold back the chat behind it.
        metrics.updateTaken('unreadable')
        logger.warn(read, 'bot.update_unreadable')
        return 200
      case 'read':
        break
    }
    try {
      await bot.handle(read.update)
      return 200
    } catch (error) {
      // Told 500, Telegram delivers the same update again.
      metrics.updateTaken('failed')
      logger.error({ err: error, update: read.update.update_id }, 'bot.update_failed')
      return 500
    }
  }

  function end(response: ServerResponse, status: number): void {
    // Refused before the body was read to its end, a connection is of no more use.
    const isOver = isClosing || (status >= 400 && status < 500)
    response.writeHead(status, { 'content-length': 0, ...(isOver ? { connection: 'close' } : {}) }).end()
  }

  return {
    async listen({ host, port }) {
      server.listen(port, host)
      await once(server, 'listening')
      return portOf(server.address())
    },
    async close() {
      if (!server.listening) return
      isClosing = true
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      await closed
    },
  }
}

// Hashed first, so that neither the content nor the length shows in the time it takes.
function isSame(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false
  return timingSafeEqual(
    createHash('sha256').update(given).digest(),
    createHash('sha256').update(secret).digest(),
  )
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    // Not JSON, and so no update.
    return undefined
  }
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
