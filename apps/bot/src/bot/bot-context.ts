import type { Database } from '@postino/database'
import type { Context } from 'grammy'
import type { Outbox } from './outbox.ts'

/** What the bot knows of the shop it speaks for. */
export interface ServedShop {
  shopId: string
  botId: string
  name: string
  locale: string
  supportContact?: string
  privacyUrl?: string
}

/**
 * An update while it is handled: `database` is the transaction that also notes the update as seen, so both are kept or
 * neither. What is said to Telegram waits for the commit: nobody is told of an effect that was not kept, and no
 * connection is held while waiting for an answer.
 */
export interface BotContext extends Context {
  shop: ServedShop
  database: Database
  outbox: Outbox
  afterCommit(act: () => void): void
}
