import type { FloodReport } from '../flood/flood-report.ts'
import type { Message } from '../world/message.ts'
import type { Bot } from '../world/user.ts'
import type { RequestEntry } from './request-log.ts'
import { createSentTwice } from './sent-twice.ts'
import type { Duplicate } from './sent-twice.ts'

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
  /** Sends and edits as they came, refused ones too. */
  readonly messages: number
  /** Messages that were delivered. */
  readonly accepted: number
  readonly refusals: number
  readonly calls_inside_penalty: number
  readonly peak_per_second: number
  readonly smallest_gap?: { readonly chat_id: number | string; readonly gap_ms: number }
}

export interface ReportKeeper {
  called(entry: Omit<RequestEntry, 'serial'>): void
  sent(bot: Bot, message: Message): void
  read(): Report
  clear(): void
}

export function createReportKeeper(flood: FloodReport, keptTexts: () => number): ReportKeeper {
  const methods = new Map<string, { calls: number; ok: number; refused: number }>()
  const acceptedByBot = new Map<number, number>()
  const sentTwice = createSentTwice(keptTexts)

  return {
    called({ method, status }) {
      const counts = methods.get(method) ?? { calls: 0, ok: 0, refused: 0 }
      counts.calls += 1
      if (status === 200) counts.ok += 1
      if (status === 429) counts.refused += 1
      methods.set(method, counts)
    },
    sent({ id }, message) {
      acceptedByBot.set(id, (acceptedByBot.get(id) ?? 0) + 1)
      sentTwice.add(message.chat, textOf(message))
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
          accepted: acceptedByBot.get(bot.botId) ?? 0,
          refusals: bot.refusals,
          calls_inside_penalty: bot.callsInsidePenalty,
          peak_per_second: bot.peakPerSecond,
          ...(bot.smallestGap && {
            smallest_gap: { chat_id: bot.smallestGap.chatId, gap_ms: bot.smallestGap.gapMs },
          }),
        })),
        duplicate_count: sentTwice.count(),
        duplicates: sentTwice.list(),
      }
    },
    clear() {
      for (const part of [methods, acceptedByBot, sentTwice]) part.clear()
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
