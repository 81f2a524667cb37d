import type { BegunTurn } from '@postino/database'
import type { TakenTurn, Turn, TurnEnd } from '@postino/queues'
import type { FindBotApi } from '../call/bot-apis.ts'
import type { SenderMetrics } from '../metrics.ts'
import type { RunTurn, TurnEnding } from './run-turn.ts'
import type { OpenTurn } from '../call/running-turn.ts'
import type { WindowMemory } from './window-memory.ts'

export interface TakeTurnDependencies {
  /** Takes the bot over; undefined when it is not active. */
  begin: (bot: Turn) => Promise<BegunTurn | undefined>
  /** Gives up what earlier turns of the bot may have left under way. */
  giveUp: (begun: BegunTurn) => Promise<void>
  findBotApi: FindBotApi
  windows: WindowMemory
  runTurn: RunTurn
  /** Milliseconds until the bot's next message that waits for a time of its own. */
  findNextDueMs: (botId: string) => Promise<number | undefined>
  metrics: Pick<SenderMetrics, 'turnEnded'>
}

/**
 * One turn of one bot: takes the bot over, sends what may be sent for about a second, and says when the next turn makes
 * sense. While it lasts this process alone sends for the bot; the epoch in Postgres holds off whoever had it before.
 */
export function createTakeTurn(dependencies: TakeTurnDependencies) {
  const { begin, giveUp, findBotApi, windows, runTurn, findNextDueMs, metrics } = dependencies

  return async function takeTurn(bot: TakenTurn, signal: AbortSignal): Promise<TurnEnd> {
    const [begun, left] = await Promise.all([begin(bot), windows.take(bot)])
    if (begun === undefined) {
      await windows.putBack(bot, left)
      return {}
    }
    // Before anything is claimed: with a token that does not open nothing could be sent.
    const api = findBotApi(begun)
    const { window, isSequel } = windows.open(begun, left)
    if (!isSequel) await giveUp(begun)
    const ending = await run(bot, { begun, api, window }, signal)
    if (!ending.isDrained) return ending
    const hasTimed = begun.hasTimed || !isSequel || ending.leftTimed
    const dueInMs = hasTimed ? await findNextDueMs(begun.botId) : undefined
    return { nextTurnInMs: earliest(ending.nextTurnInMs, dueInMs) }
  }

  async function run(bot: TakenTurn, turn: OpenTurn, signal: AbortSignal): Promise<TurnEnding> {
    const { begun, window } = turn
    const startedAtMs = performance.now()
    let isComplete = false
    try {
      const ending = await runTurn(turn, signal)
      isComplete = true
      return ending
    } finally {
      // No call is under way any more, however it ended.
      await windows.save({ ...begun, shard: bot.shard }, window, isComplete)
      const limitPerSecond = window.limitPerSecond(Date.now())
      metrics.turnEnded({ seconds: (performance.now() - startedAtMs) / 1_000, limitPerSecond })
    }
  }
}

function earliest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
