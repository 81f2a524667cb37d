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
/** The chats of a bot whose gaps are kept one by one; the bot's own smallest gap is exact beyond that too. */
const MAX_CHATS_PER_BOT = 100_000

type ChatGap = { lastMs: number; smallestMs: number | undefined }
type BotRecord = {
  counts: Omit<BotFloodReport, 'peakPerSecond'>
  recent: RecentCount
  chats: Map<string, ChatGap>
}

/** What a test asks after a run: how fast calls came, and whether refusals were obeyed. */
export function createFloodReport(): FloodReport {
  const bots = new Map<number, BotRecord>()

  function recordOf(botId: number): BotRecord {
    const record = bots.get(botId) ?? createRecord(botId)
    bots.set(botId, record)
    return record
  }

  return {
    arrived({ botId, chatId, cost, nowMs }) {
      const { counts, recent, chats } = recordOf(botId)
      counts.calls++
      counts.messages += cost
      recent.add(cost, nowMs)
      const gapMs = noteGap(chats, String(chatId), nowMs)
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
    smallestGapMs: (botId, chatId) => bots.get(botId)?.chats.get(String(chatId))?.smallestMs,
    reset: () => bots.clear(),
  }
}

function createRecord(botId: number): BotRecord {
  const counts = { botId, calls: 0, messages: 0, refusals: 0, callsInsidePenalty: 0, smallestGap: undefined }
  return { counts, recent: createRecentCount(WINDOW_MS), chats: new Map() }
}

/** Returns the gap to the arrival before in the same chat. */
function noteGap(chats: Map<string, ChatGap>, chat: string, nowMs: number): number | undefined {
  const before = chats.get(chat)
  const gapMs = before === undefined ? undefined : nowMs - before.lastMs
  const smallestMs = gapMs === undefined ? undefined : Math.min(gapMs, before?.smallestMs ?? gapMs)
  // Deleted first, so that the chat that was quiet longest stands at the front and goes when there are too many.
  chats.delete(chat)
  chats.set(chat, { lastMs: nowMs, smallestMs })
  const [quietest] = chats.size > MAX_CHATS_PER_BOT ? chats.keys() : []
  if (quietest !== undefined) chats.delete(quietest)
  return gapMs
}
