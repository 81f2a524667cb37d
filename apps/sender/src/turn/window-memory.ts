import type { BegunTurn } from '@postino/database'
import type { TakenTurn, TurnState } from '@postino/queues'
import {
  createFloodWindow,
  moveSavedWindow,
  type FloodWindow,
  type FloodWindowSettings,
  REPLY_SHARE_PER_SECOND,
} from '@postino/telegram'

/** What a bot's turns pass on to each other: when calls were answered, and what is cooling. */
export interface WindowMemory {
  /** What the last turn left; nobody else gets it. */
  take: (bot: TakenTurn) => Promise<string | undefined>
  /** Gives back what was taken for a turn that did not come about. */
  putBack: (bot: TakenTurn, left: string | undefined) => Promise<void>
  /** `isSequel`: the turn just before this one, if there was one, recorded all it claimed. */
  open: (begun: BegunTurn, left: string | undefined) => { window: FloodWindow; isSequel: boolean }
  /** `isComplete`: whatever the turn claimed is recorded. */
  save: (begun: BegunTurn & TakenTurn, window: FloodWindow, isComplete: boolean) => Promise<void>
}

// A turn is short and Telegram's longest window a minute: what is older than this limits nothing any more, but for a limit
// that was lowered.
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
  const clockId = encodeURIComponent(settings.clockId ?? '')
  return {
    take: turnState.take,
    async putBack(bot, left) {
      if (left !== undefined) await turnState.save(bot, left, FORGET_AFTER_MS)
    },
    open(begun, left) {
      const before = readMemory(begun, left)
      const saved = before && (before.clockId === clockId ? before.window : onThisClock(before, begun))
      const limitPerSecond = begun.paidPerSecond ?? settings.limitPerSecond
      // After a crash a chat waits for what it may have got: without albums that is one second, with them eight.
      const largestCost = begun.hasSentAlbums ? settings.largestCost : 1
      const window = createFloodWindow({ ...settings, limitPerSecond, largestCost }, saved)
      const isRecent = begun.sinceLastTurnMs !== undefined && begun.sinceLastTurnMs < FORGET_AFTER_MS
      if (saved === undefined && isRecent) window.assumeFull(Date.now())
      if (begun.isTalking) window.leaveFree(REPLY_SHARE_PER_SECOND)
      if (begun.coolingUntilMs !== undefined) window.floodedBot(begun.coolingUntilMs)
      for (const { chatId, untilMs } of begun.coolingChats) window.floodedChat(chatId, untilMs)
      return { window, isSequel: before?.isComplete === true || begun.sinceLastTurnMs === undefined }
    },
    async save(begun, window, isComplete) {
      const { most: behindMs } = begun.clockBehindMs
      const ending = isComplete ? COMPLETE : CUT_SHORT
      const text = [begun.epoch, ending, clockId, behindMs, window.save(Date.now())].join(' ')
      await turnState.save(begun, text, Math.max(FORGET_AFTER_MS, window.lastsMs(Date.now())))
    },
  }
}

const COMPLETE = 'complete'
const CUT_SHORT = 'cut-short'

interface Memory {
  isComplete: boolean
  /** The clock of its times, and how far that may be behind Postgres's. */
  clockId: string | undefined
  behindMs: number
  window: string
}

function readMemory(begun: BegunTurn, text: string | undefined): Memory | undefined {
  const [epoch, ending, clockId, behindMs, ...rest] = text?.split(' ') ?? []
  if (epoch !== String(BigInt(begun.epoch) - 1n)) return undefined
  return { isComplete: ending === COMPLETE, clockId, behindMs: Number(behindMs), window: rest.join(' ') }
}

/** Another machine's times, as they are on this one's clock, or later: both know theirs against that of Postgres. */
function onThisClock({ window, behindMs }: Memory, { clockBehindMs }: BegunTurn): string {
  return moveSavedWindow(window, behindMs - clockBehindMs.least)
}
