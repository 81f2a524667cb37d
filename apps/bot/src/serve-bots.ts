import {
  listServedBots,
  parkBot,
  tokenContext,
  webhookSecretContext,
  type Database,
  type Keyring,
  type ServedBot,
} from '@postino/database'
import type { Logger } from '@postino/runtime'
import { classifyFailure } from '@postino/telegram'
import type { Update } from 'grammy/types'
import type { CreateBot, ShopBot } from './create-bot.ts'
import type { Listen, Listening } from './listen.ts'

// Telegram answers a few dozen of these a second; a restart with thousands of bots must not look like an attack.
const STARTED_AT_ONCE = 20

export interface ServedBots {
  /** Takes up new bots, changed tokens and parked bots; a bot that could not be reached is tried again the next time. */
  refresh: () => Promise<void>
  /** The bot behind a webhook's path, with the secret Telegram must show. */
  find: (webhookPath: string) => { secret: string; handle(update: Update): Promise<void> } | undefined
  close: () => Promise<void>
}

export interface ServeBotsDependencies {
  database: Database
  keyring: Keyring
  createBot: CreateBot
  listen: Listen
  logger: Logger
}

interface Serving {
  fingerprint: string
  secret: string
  bot: ShopBot
  listening: Listening
}

/** Keeps the bots of all shops listening, as the table says. */
export function serveBots(dependencies: ServeBotsDependencies): ServedBots {
  const { database, keyring, createBot, listen, logger } = dependencies
  const servings = new Map<string, Serving>()

  async function startServing(row: ServedBot): Promise<void> {
    const token = keyring.open(row.token, tokenContext(row.shopId, row.telegramId))
    const secret = keyring.open(row.webhookSecret, webhookSecretContext(row.shopId, row.telegramId))
    const bot = createBot(row, token)
    try {
      const listening = await listen(bot, { path: row.webhookPath, secret })
      servings.set(row.webhookPath, { fingerprint: fingerprintOf(row), secret, bot, listening })
      logger.info({ shop: row.shopId, bot: row.id }, 'bot.listening')
    } catch (error) {
      const failure = classifyFailure(error)
      logger.warn({ err: error, shop: row.shopId, bot: row.id }, 'bot.not_listening')
      if (failure.status === 'bot_broken') {
        await parkBot(database, row.shopId, {
          botId: row.id,
          reason: `${failure.reason}: ${failure.description}`,
        })
      }
    }
  }

  async function stopServing(path: string): Promise<void> {
    const serving = servings.get(path)
    servings.delete(path)
    await serving?.listening.stop()
  }

  return {
    async refresh() {
      const rows = await listServedBots(database)
      const current = new Map(rows.map((row) => [row.webhookPath, fingerprintOf(row)]))
      for (const [path, serving] of servings) {
        if (current.get(path) !== serving.fingerprint) await stopServing(path)
      }
      const missing = rows.filter((row) => !servings.has(row.webhookPath))
      for (let next = 0; next < missing.length; next += STARTED_AT_ONCE) {
        await Promise.all(missing.slice(next, next + STARTED_AT_ONCE).map(startServing))
      }
    },
    find(webhookPath) {
      const serving = servings.get(webhookPath)
      return serving && { secret: serving.secret, handle: serving.bot.handle }
    },
    async close() {
      await Promise.all(servings.keys().map(stopServing))
    },
  }
}

function fingerprintOf(row: ServedBot): string {
  return JSON.stringify([row.token.ciphertext.toString('base64'), row.username, row.shop])
}
