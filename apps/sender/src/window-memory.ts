import type { BegunTurn } from '@postino/database'
import type { TurnState } from '@postino/queues'
import { createFloodWindow, type FloodWindow, type FloodWindowSettings } from '@postino/telegram'

/** What a bot's turns pass on to each other: when calls were answered, and what is cooling. */
export interface WindowMemory {
  /** What the last turn left; nobody else gets it. */
  take: (botId: string) => Promise<string | undefined>
  /** Gives back what was taken for a turn that did not come about. */
  putBack: (botId: string, left: string | undefined) => Promise<void>
  /** `isSequel`: the turn just before this one, if there was one, recorded all it claimed. */
  open: (begun: BegunTurn, left: string | undefined) => { window: FloodWindow; isSequel: boolean }
  /** `isComplete`: whatever the turn claimed is recorded. */
  save: (begun: BegunTurn, window: FloodWindow, isComplete: boolean) => Promise<void>
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
      const before = readMemory(begun, left)
      const saved = before?.window
      const limitPerSecond = begun.paidPerSecond ?? settings.limitPerSecond
      const window = createFloodWindow({ ...settings, limitPerSecond }, saved)
      const isRecent = begun.sinceLastTurnMs !== undefined && begun.sinceLastTurnMs < FORGET_AFTER_MS
      if (saved === undefined && isRecent) window.assumeFull(Date.now())
      if (begun.coolingUntilMs !== undefined) window.floodedBot(begun.coolingUntilMs)
      for (const { chatId, untilMs } of begun.coolingChats) window.floodedChat(chatId, untilMs)
      return { window, isSequel: before?.isComplete === true || begun.sinceLastTurnMs === undefined }
    },
    async save(begun, window, isComplete) {
      const text = `${begun.epoch} ${isComplete ? COMPLETE : CUT_SHORT} ${window.save(Date.now())}`
      await turnState.save(begun.botId, text, FORGET_AFTER_MS)
    },
  }
}

const COMPLETE = 'complete'
const CUT_SHORT = 'cut-short'

function readMemory(
  begun: BegunTurn,
  text: string | undefined,
): { isComplete: boolean; window: string } | undefined {
  const [epoch, ending, ...rest] = text?.split(' ') ?? []
  if (epoch !== String(BigInt(begun.epoch) - 1n)) return undefined
  return { isComplete: ending === COMPLETE, window: rest.join(' ') }
}
