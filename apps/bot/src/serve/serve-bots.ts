import { listServedBots, parkBot, type Database, type ServedBot } from '@postino/database'
import type { Update } from 'grammy/types'
import type { ShopBot } from '../bot/create-bot.ts'
import { credentialsOf, serveBot, type ServeBotDependencies, type Serving } from './serve-bot.ts'

export interface ServedBots {
  /** Takes up what has changed: new bots, tokens, shops' words, bots to be parked. Asks nobody but Postgres. */
  refresh: () => Promise<void>
  /** The bot behind a webhook's path, with the secret Telegram must show. */
  find: (webhookPath: string) => { secret: string; handle(update: Update): Promise<void> } | undefined
  /** By its row in the database. */
  findById: (botId: string) => ShopBot | undefined
  /** Ends when updates under way are handled, and what waits to be said is said. */
  close: () => Promise<void>
}

/** Keeps the bots of all shops listening, as the table says. */
export function serveBots(dependencies: ServeBotDependencies & { database: Database }): ServedBots {
  const { database, logger } = dependencies
  /** By the path of their webhook. */
  const servings = new Map<string, Serving>()
  /** Bots whose secrets did not open, with those secrets: told once, and tried again when they are others. */
  const sealed = new Map<string, string>()
  const ending = new Set<Promise<void>>()

  function begin(row: ServedBot): void {
    const { webhookPath: path } = row
    if (sealed.get(path) === credentialsOf(row)) return
    try {
      servings.set(path, serveBot(row, dependencies))
    } catch (error) {
      // A missing key is the operator's affair, and one bot's: the others are served all the same.
      sealed.set(path, credentialsOf(row))
      logger.error({ err: error, shop: row.shopId, bot: row.id }, 'bot.secrets_sealed')
    }
  }

  function finish(path: string, serving: Serving): void {
    servings.delete(path)
    const ended = serving.end().finally(() => ending.delete(ended))
    ending.add(ended)
  }

  /** Of several processes that were refused, one tells of it. */
  async function park(path: string, serving: Serving, reason: string): Promise<void> {
    const { shopId, id: botId, token } = serving.row
    const isNews = await parkBot(database, shopId, { botId, reason, token })
    finish(path, serving)
    if (isNews) logger.error({ shop: shopId, bot: botId, reason }, 'bot.parked')
  }

  return {
    async refresh() {
      const rows = new Map((await listServedBots(database)).map((row) => [row.webhookPath, row]))
      for (const [path, serving] of servings) {
        const row = rows.get(path)
        const reason = serving.brokenReason()
        if (row === undefined || credentialsOf(row) !== credentialsOf(serving.row)) finish(path, serving)
        else if (reason !== undefined) {
          rows.delete(path)
          await park(path, serving, reason)
        } else serving.bot.speakFor(row)
      }
      for (const [path, row] of rows) if (!servings.has(path)) begin(row)
    },
    find(webhookPath) {
      const serving = servings.get(webhookPath)
      return serving && { secret: serving.webhookSecret, handle: serving.bot.handle }
    },
    findById: (botId) => servings.values().find(({ row }) => row.id === botId)?.bot,
    async close() {
      for (const [path, serving] of servings) finish(path, serving)
      await Promise.all(ending)
    },
  }
}
