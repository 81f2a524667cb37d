import { tokenContext, webhookSecretContext, type Keyring, type ServedBot } from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { CreateBot, ShopBot } from '../bot/create-bot.ts'
import type { Listen } from './listening.ts'

/** A bot that gets its updates. */
export interface Serving {
  row: ServedBot
  /** What Telegram must show with a webhook. */
  webhookSecret: string
  bot: ShopBot
  /** Why Telegram refuses the token; undefined while it does not. */
  brokenReason: () => string | undefined
  /** Ends when the update under way is handled, and what waits to be said is said. */
  end: () => Promise<void>
}

export interface ServeBotDependencies {
  keyring: Keyring
  createBot: CreateBot
  listen: Listen
  logger: Logger
}

/** @throws KeyringError when a secret of the bot does not open */
export function serveBot(row: ServedBot, dependencies: ServeBotDependencies): Serving {
  const { keyring, createBot, listen } = dependencies
  const logger = dependencies.logger.child({ shop: row.shopId, bot: row.id })
  const token = keyring.open(row.token, tokenContext(row.shopId, row.telegramId))
  const webhookSecret = keyring.open(row.webhookSecret, webhookSecretContext(row.shopId, row.telegramId))
  const stopping = new AbortController()
  let brokenReason: string | undefined
  const onBroken = (reason: string) => void (brokenReason = reason)

  const bot = createBot(row, { token, onBroken, logger })
  const listening = listen({
    api: bot.api,
    handle: bot.handle,
    webhook: { path: row.webhookPath, secret: webhookSecret },
    signal: stopping.signal,
    onBroken,
    onFlooded: bot.onFlooded,
    logger,
  })
  return {
    row,
    webhookSecret,
    bot,
    brokenReason: () => brokenReason,
    async end() {
      stopping.abort()
      await listening
      await bot.close()
    },
  }
}

/** What a bot must be served anew for: it logs in otherwise, or is called otherwise. */
export function credentialsOf({ token, webhookSecret, username }: ServedBot): string {
  const secrets = [token, webhookSecret].map(({ ciphertext }) => ciphertext.toString('base64'))
  return JSON.stringify([...secrets, username])
}
