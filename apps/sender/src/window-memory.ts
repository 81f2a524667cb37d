import type { BegunTurn } from '@postino/database'
import type { TurnState } from '@postino/queues'
import { createFloodWindow, type FloodWindow, type FloodWindowSettings } from '@postino/telegram'

/** What a bot's turns pass on to each other: when calls were answered, and what is cooling. */
export interface WindowMemory {
  /** What the last turn left; nobody else gets it. */
  take: (botId: string) => Promise<string | undefined>
  /** Gives back what was taken for a turn that did not come about. */
  putBack: (botId: string, left: string | undefined) => Promise<void>
  open: (begun: BegunTurn, left: string | undefined) => FloodWindow
  save: (begun: BegunTurn, window: FloodWindow) => Promise<void>
}

// A turn is short and Telegram's longest window a minute: what is older than this limits nothing any more.
const FORGET_AFTER_MS = 3 * 60_000

/**
 * Only what the turn just before this one saved counts. Without it that turn ended in a crash, or is not over in a process
 * that lost the bot; and a memory it leaves later must not pass for the next one's. What it sent is unknown then.
 */
export function createWindowMemory(dependencies: {
  turnState: TurnState
  settings: FloodWindowSettings
}): WindowMemory {
  const { turnState, settings } = dependencies
  return {
    take: turnState.take,
    async putBack(botId, left) {
      if (left !== undefined) await turnState.save(botId, left, FORGET_AFTER_MS)
    },
    open(begun, left) {
      const saved = savedBefore(begun, left)
      const window = createFloodWindow(settings, saved)
      const isRecent = begun.sinceLastTurnMs !== undefined && begun.sinceLastTurnMs < FORGET_AFTER_MS
      if (saved === undefined && isRecent) window.assumeFull(Date.now())
      if (begun.coolingUntilMs !== undefined) window.floodedBot(begun.coolingUntilMs)
      for (const { chatId, untilMs } of begun.coolingChats) window.floodedChat(chatId, untilMs)
      return window
    },
    async save(begun, window) {
      await turnState.save(begun.botId, `${begun.epoch} ${window.save(Date.now())}`, FORGET_AFTER_MS)
    },
  }
}

function savedBefore(begun: BegunTurn, text: string | undefined): string | undefined {
  const prefix = `${BigInt(begun.epoch) - 1n} `
  return text?.startsWith(prefix) === true ? text.slice(prefix.length) : undefined
}
