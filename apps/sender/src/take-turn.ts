import { beginTurn, findNextDueMs, type BegunTurn, type Database } from '@postino/database'
import type { TurnState } from '@postino/queues'
import { createFloodWindow, type FloodWindow } from '@postino/telegram'
import type { RunTurn } from './run-turn.ts'
import type { SenderMetrics } from './metrics.ts'

/** How long the one resend of an unknown outcome waits, so that a late delivery shows first. */
export const RESEND_AFTER_MS = 45_000

// A turn lasts about a second and Telegram's longest window a minute: what is older than this limits nothing any more.
const FORGET_AFTER_MS = 3 * 60_000

export interface TakeTurnDependencies {
  database: Database
  turnState: TurnState
  runTurn: RunTurn
  metrics: SenderMetrics
  limitPerSecond: number
}

/**
 * One turn of one bot: takes the bot over, sends what may be sent for about a second, and says when the next turn makes
 * sense. While it lasts this process alone sends for the bot; the epoch in Postgres holds off whoever had it before.
 */
export function createTakeTurn(dependencies: TakeTurnDependencies) {
  const { database, turnState, runTurn, metrics, limitPerSecond } = dependencies

  return async function takeTurn(
    bot: { shopId: string; botId: string },
    signal: AbortSignal,
  ): Promise<{ nextTurnInMs?: number }> {
    const begun = await beginTurn(database, bot, RESEND_AFTER_MS)
    if (begun === undefined) return {}
    metrics.turnBegun()
    const saved = await turnState.take(bot.botId)
    const window = openWindow(begun, { saved, limitPerSecond })
    const ending = await runTurn(begun, window, signal)
    await turnState.save(bot.botId, window.save(Date.now()), FORGET_AFTER_MS)
    if (ending.nextTurnInMs !== undefined) return ending
    const nextTurnInMs = await findNextDueMs(database, bot.botId)
    return { nextTurnInMs }
  }
}

function openWindow(
  begun: BegunTurn,
  options: { saved: string | undefined; limitPerSecond: number },
): FloodWindow {
  const window = createFloodWindow({ limitPerSecond: options.limitPerSecond }, options.saved)
  // Nothing saved after a recent turn: that one ended in a crash, and what it sent is unknown to us.
  const isRecent = begun.sinceLastTurnMs !== undefined && begun.sinceLastTurnMs < FORGET_AFTER_MS
  if (options.saved === undefined && isRecent) window.assumeFull(Date.now())
  if (begun.coolingUntilMs !== undefined) window.floodedBot(begun.coolingUntilMs)
  for (const { chatId, untilMs } of begun.coolingChats) window.floodedChat(chatId, untilMs)
  return window
}
