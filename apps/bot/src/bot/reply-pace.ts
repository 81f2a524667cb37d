import type { ReplyPace } from '@postino/database'
import { REPLY_SHARE_PER_SECOND, type FloodWindowSettings } from '@postino/telegram'

/** How fast this process answers, by the flood window, and all processes of a bot together, by their slots in Postgres. */
export type BotPace = FloodWindowSettings & ReplyPace

/**
 * Telegram takes 30 messages a second of a bot, edits included, and one a second in a chat with a small burst
 * (core.telegram.org/bots/faq). In a chat one of the burst is left to notifications.
 */
export const REPLY_PACE: BotPace = {
  limitPerSecond: 25,
  chatPerSecond: 1,
  chatBurst: 2,
  // One fewer a second than the share: answers leave in their slots, and the network may bring one of them a slot late.
  sharedGapMs: 1_000 / (REPLY_SHARE_PER_SECOND - 1),
  aloneGapMs: 40,
  // A claim lets calls start for up to 750 ms, most of them at once; they leave the second Telegram counts over one by one.
  unawareMs: 1_300,
}
