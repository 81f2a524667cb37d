import type { FloodReport } from '../flood/flood-report.ts'
import { chatReference } from '../world/chat.ts'
import type { Message } from '../world/message.ts'
import type { RequestEntry } from './request-log.ts'

/** What a run came to. */
export interface Report {
  readonly calls: number
  readonly ok: number
  /** Answers 429. */
  readonly refusals: number
  /** Sends and edits that came while a penalty was still running. */
  readonly calls_inside_penalty: number
  readonly by_method: Readonly<Record<string, MethodCounts>>
  /** The most messages of one bot in any one second, over all bots. */
  readonly peak_per_second: number
  /** The two arrivals in one chat that lay closest together; absent while no chat had two. */
  readonly smallest_gap_ms?: number
  readonly bots: readonly BotReport[]
  /** Messages beyond the first with the same text in the same chat. */
  readonly duplicate_count: number
  readonly duplicates: readonly Duplicate[]
}

interface MethodCounts {
  readonly calls: number
  readonly ok: number
  readonly refused: number
}

interface BotReport {
  readonly bot_id: number
  readonly messages: number
  readonly refusals: number
  readonly calls_inside_penalty: number
  readonly peak_per_second: number
  readonly smallest_gap?: { readonly chat_id: number | string; readonly gap_ms: number }
}

interface Duplicate {
  readonly chat: string
  readonly text: string
  readonly count: number
}

export interface ReportKeeper {
  called(entry: Omit<RequestEntry, 'serial'>): void
  sent(message: Message): void
  read(): Report
  clear(): void
}

const MAX_REMEMBERED_TEXTS = 1_000_000
const MAX_LISTED_DUPLICATES = 1000

export function createReportKeeper(flood: FloodReport): ReportKeeper {
  const methods = new Map<string, { calls: number; ok: number; refused: number }>()
  /** Texts by chat and what they are, to their number. The oldest are forgotten beyond a million. */
  const texts = new Map<string, { chat: string; text: string; count: number }>()
  let duplicateCount = 0

  return {
    called({ method, status }) {
      const counts = methods.get(method) ?? { calls: 0, ok: 0, refused: 0 }
      counts.calls += 1
      if (status === 200) counts.ok += 1
      if (status === 429) counts.refused += 1
      methods.set(method, counts)
    },
    sent(message) {
      const chat = chatReference(message.chat)
      const text = textOf(message)
      const key = `${chat} ${text}`
      const known = texts.get(key)
      if (known !== undefined) {
        known.count += 1
        duplicateCount += 1
        return
      }
      texts.set(key, { chat, text, count: 1 })
      const [oldest] = texts.size > MAX_REMEMBERED_TEXTS ? texts.keys() : []
      if (oldest !== undefined) texts.delete(oldest)
    },
    read() {
      const counts = [...methods.values()]
      const bots = flood.bots()
      const gaps = bots.flatMap((bot) => bot.smallestGap?.gapMs ?? [])
      return {
        calls: sum(counts.map(({ calls }) => calls)),
        ok: sum(counts.map(({ ok }) => ok)),
        refusals: sum(counts.map(({ refused }) => refused)),
        calls_inside_penalty: sum(bots.map((bot) => bot.callsInsidePenalty)),
        by_method: Object.fromEntries(methods),
        peak_per_second: Math.max(0, ...bots.map((bot) => bot.peakPerSecond)),
        ...(gaps.length === 0 ? {} : { smallest_gap_ms: Math.min(...gaps) }),
        bots: bots.map((bot) => ({
          bot_id: bot.botId,
          messages: bot.messages,
          refusals: bot.refusals,
          calls_inside_penalty: bot.callsInsidePenalty,
          peak_per_second: bot.peakPerSecond,
          ...(bot.smallestGap && {
            smallest_gap: { chat_id: bot.smallestGap.chatId, gap_ms: bot.smallestGap.gapMs },
          }),
        })),
        duplicate_count: duplicateCount,
        duplicates: [...texts.values()].filter(({ count }) => count > 1).slice(0, MAX_LISTED_DUPLICATES),
      }
    },
    clear() {
      methods.clear()
      texts.clear()
      duplicateCount = 0
      flood.reset()
    },
  }
}

function textOf({ content }: Message): string {
  if (content.kind === 'text') return content.formatted.text
  if (content.kind !== 'media') return content.kind
  const { file, caption } = content
  return `${file.kind} ${file.fileName} ${file.sizeBytes} ${caption.text}`.trim()
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
