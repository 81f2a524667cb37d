import type { Claim, SendResult } from '@postino/database'
import type { Metrics } from '@postino/runtime'
import type { SendMethod } from '@postino/telegram'
import type { Answer } from './call/call-telegram.ts'
import type { ClaimedMessage } from './claimed-message.ts'

export interface SenderMetrics {
  turnEnded(turn: { seconds: number; limitPerSecond: number }): void
  claimed(claims: Claim[]): void
  attempted(attempt: {
    answer: Answer
    message: Pick<ClaimedMessage, 'lane' | 'acceptedAtMs'>
    method: SendMethod
    startedAtMs: number
    endedAtMs: number
  }): void
  settled(status: SendResult['status'] | Claim['status'], reason: string | undefined): void
  rateLimited(scope: 'chat' | 'bot'): void
  /** Of a file that Telegram could not fetch by itself. */
  downloaded(outcome: string): void
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600]

export function createSenderMetrics(metrics: Metrics): SenderMetrics {
  const turns = metrics.histogram({
    name: 'postino_turn_duration_seconds',
    help: 'How long turns lasted.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30, 60],
  })
  const limits = metrics.histogram({
    name: 'postino_turn_limit_messages',
    help: 'Messages a second a bot might send at the end of a turn; lower than the setting after Telegram refused some.',
    buckets: [1, 5, 10, 15, 20, 25, 29, 30, 100, 1_000],
  })
  const claims = metrics.histogram({
    name: 'postino_claim_messages',
    help: 'Messages a claim brought, those closed on the way too.',
    buckets: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256],
  })
  const requests = metrics.counter({
    name: 'postino_telegram_requests_total',
    help: 'Calls to Telegram by what came of them.',
    labelNames: ['method', 'outcome'],
  })
  const durations = metrics.histogram({
    name: 'postino_telegram_request_duration_seconds',
    help: 'From the start of a call to its answer.',
    labelNames: ['method'],
    buckets: SECONDS,
  })
  const latency = metrics.histogram({
    name: 'postino_delivery_latency_seconds',
    help: 'From the acceptance of an event to Telegram’s ok.',
    labelNames: ['lane'],
    buckets: SECONDS,
  })
  const settled = metrics.counter({
    name: 'postino_settled_messages_total',
    help: 'Messages by what sending made of them; the reason is empty where the status says all.',
    labelNames: ['status', 'reason'],
  })
  const rateLimits = metrics.counter({
    name: 'postino_telegram_rate_limited_total',
    help: 'Answers 429 by whom they were taken to mean.',
    labelNames: ['scope'],
  })
  const downloads = metrics.counter({
    name: 'postino_file_downloads_total',
    help: 'Files fetched to be uploaded, by what came of it.',
    labelNames: ['outcome'],
  })
  return {
    turnEnded({ seconds, limitPerSecond }) {
      turns.observe(seconds)
      limits.observe(limitPerSecond)
    },
    claimed: (claimed) => claims.observe(claimed.length),
    attempted({ answer, message, method, startedAtMs, endedAtMs }) {
      requests.inc({ method, outcome: answer.status })
      // The clock may have been set back meanwhile.
      durations.observe({ method }, Math.max(0, endedAtMs - startedAtMs) / 1_000)
      if (answer.status !== 'sent') return
      latency.observe({ lane: message.lane }, Math.max(0, endedAtMs - message.acceptedAtMs) / 1_000)
    },
    settled: (status, reason = '') => settled.inc({ status, reason }),
    rateLimited: (scope) => rateLimits.inc({ scope }),
    downloaded: (outcome) => downloads.inc({ outcome }),
  }
}
