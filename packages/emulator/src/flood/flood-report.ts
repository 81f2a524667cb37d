import { createRecentCount, type RecentCount } from './recent-count.ts'

/** A send or an edit as it came in, whatever became of it. */
type FloodArrival = { botId: number; chatId: number | string; cost: number; nowMs: number }

type BotFloodReport = {
  botId: number
  calls: number
  /** Calls weighed by their cost: an album counts its items. */
  messages: number
  refusals: number
  /** Calls that came while a penalty was still running; a sender that obeys has none. */
  callsInsidePenalty: number
  /** The most messages in any one second. */
  peakPerSecond: number
  /** The two arrivals in one chat that lay closest together; absent while no chat had two. */
  smallestGap: { chatId: number | string; gapMs: number } | undefined
}

export type FloodReport = {
  arrived: (arrival: FloodArrival) => void
  refused: (refusal: { botId: number; insidePenalty: boolean }) => void
  bots: () => BotFloodReport[]
  /** The smallest gap in one chat of a bot; `undefined` while it had no two arrivals. */
  smallestGapMs: (botId: number, chatId: number | string) => number | undefined
  /** Counts from zero. */
  reset: () => void
}

const WINDOW_MS = 1000
/** The chats of a bot whose last arrival is known, at most; at least half as many, those heard of last. */
const MAX_CHATS_PER_BOT = 100_000

/** `smallestMs` is infinite while there was one arrival only. */
type ChatGap = { lastMs: number; smallestMs: number }
type BotRecord = {
  counts: Omit<BotFloodReport, 'peakPerSecond'>
  recent: RecentCount
  /** The chats heard of lately, and those before them. */
  chats: Map<number | string, ChatGap>
  quietChats: Map<number | string, ChatGap>
}

/** What a test asks after a run: how fast calls came, and whether refusals were obeyed. */
export function createFloodReport(): FloodReport {
  const bots = new Map<number, BotRecord>()

  function recordOf(botId: number): BotRecord {
    const known = bots.get(botId)
    if (known !== undefined) return known
    const record = createRecord(botId)
    bots.set(botId, record)
    return record
  }

  return {
    arrived({ botId, chatId, cost, nowMs }) {
      const record = recordOf(botId)
      const { counts, recent } = record
      counts.calls++
      counts.messages += cost
      recent.add(cost, nowMs)
      const gapMs = noteGap(record, chatId, nowMs)
      if (gapMs === undefined || gapMs >= (counts.smallestGap?.gapMs ?? Number.POSITIVE_INFINITY)) return
      counts.smallestGap = { chatId, gapMs }
    },
    refused({ botId, insidePenalty }) {
      const { counts } = recordOf(botId)
      counts.refusals++
      if (insidePenalty) counts.callsInsidePenalty++
    },
    bots: () =>
      Array.from(bots.values(), ({ counts, recent }) => ({ ...counts, peakPerSecond: recent.peak() })),
    smallestGapMs(botId, chatId) {
      const record = bots.get(botId)
      const gap = record?.chats.get(chatId) ?? record?.quietChats.get(chatId)
      return gap === undefined || gap.smallestMs === Number.POSITIVE_INFINITY ? undefined : gap.smallestMs
    },
    reset: () => bots.clear(),
  }
}

function createRecord(botId: number): BotRecord {
  const counts = { botId, calls: 0, messages: 0, refusals: 0, callsInsidePenalty: 0, smallestGap: undefined }
  return { counts, recent: createRecentCount(WINDOW_MS), chats: new Map(), quietChats: new Map() }
}

/** Returns the gap to the arrival before in the same chat. */
function noteGap(record: BotRecord, chat: number | string, nowMs: number): number | undefined {
  const known = record.chats.get(chat)
  if (known !== undefined) return addToGap(known, nowMs)
  // When there are too many, those that were quiet longest go, half of all at a time.
  if (record.chats.size * 2 >= MAX_CHATS_PER_BOT) {
    record.quietChats = record.chats
    record.chats = new Map()
  }
  const quiet = record.quietChats.get(chat)
  record.chats.set(chat, quiet ?? { lastMs: nowMs, smallestMs: Number.POSITIVE_INFINITY })
  return quiet && addToGap(quiet, nowMs)
}

function addToGap(gap: ChatGap, nowMs: number): number {
  const gapMs = nowMs - gap.lastMs
  gap.lastMs = nowMs
  gap.smallestMs = Math.min(gap.smallestMs, gapMs)
  return gapMs
}
