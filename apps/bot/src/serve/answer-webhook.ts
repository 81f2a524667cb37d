import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Logger } from '@postino/runtime'
import type { Update } from 'grammy/types'
import type { BotMetrics } from '../metrics.ts'
import type { HttpAnswer } from './http-server.ts'
import { readBody } from './read-body.ts'
import { readUpdate } from './read-update.ts'

// Telegram's largest updates, long texts with a reply to another one in escaped JSON, stay well below.
const MAX_BODY_BYTES = 1_048_576
const PATH = /^\/telegram\/([A-Za-z0-9_-]{1,64})$/

export interface WebhookDependencies {
  /** The bot behind a path, with the secret Telegram must show. */
  findBot: (path: string) => { secret: string; handle(update: Update): Promise<void> } | undefined
  metrics: BotMetrics
  logger: Logger
}

/** Takes Telegram's webhooks: `POST /telegram/<path>` with the bot's secret in its header. */
export function createAnswerWebhook(dependencies: WebhookDependencies) {
  const { findBot, metrics, logger } = dependencies

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

  return async function answerWebhook(request: IncomingMessage): Promise<HttpAnswer> {
    const [, path] = PATH.exec(request.url ?? '') ?? []
    const bot = path === undefined ? undefined : findBot(path)
    if (bot === undefined) return { status: 404 }
    if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } }
    // Before the body is read: whoever does not know the secret costs us nothing.
    if (!isSame(request.headers['x-telegram-bot-api-secret-token'], bot.secret)) {
      metrics.updateTaken('unauthorized')
      return { status: 401 }
    }
    const body = await readBody(request, MAX_BODY_BYTES)
    if (body === undefined) {
      metrics.updateTaken('malformed')
      return { status: 413 }
    }
    return { status: await take(bot, parseJson(body)) }
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
