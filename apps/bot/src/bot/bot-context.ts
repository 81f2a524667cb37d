import type { Database } from '@postino/database'
import type { KeptWording, Purpose } from '@postino/domain'
import type { Context } from 'grammy'
import type { Outbox } from './outbox.ts'

/** What the bot knows of the shop it speaks for. */
export interface ServedShop {
  shopId: string
  botId: string
  name: string
  locale: string
  supportContact?: string
  /** Where the policy is read: the shop's own address, else our page for it. */
  privacyUrl?: string
  /** What the shop rests on the contract: it comes without a tap, until it is switched off. */
  contractPurposes: readonly Purpose[]
  /** What somebody is asked who comes without a link. */
  purposes: readonly Purpose[]
  /** What the shop has kept of its words of consent, for `wordingInForce`. */
  wordings: readonly KeptWording[]
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
  /** Of an act that no update of Telegram's has brought: what proves it instead. */
  proof?: Readonly<Record<string, string | number>>
}
