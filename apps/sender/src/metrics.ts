import type { Metrics } from '@postino/runtime'
import type { DeliveryFailure } from '@postino/telegram'
import type { ClaimedMessage } from './settle.ts'

export interface SenderMetrics {
  turnBegun: () => void
  claimed: (messages: number) => void
  attempted(attempt: {
    answer: { status: 'sent' } | DeliveryFailure
    message: ClaimedMessage
    startedAtMs: number
    endedAtMs: number
  }): void
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600]

export function createSenderMetrics(metrics: Metrics): SenderMetrics {
  const turns = metrics.counter({ name: 'postino_turns_total', help: 'Turns begun.' })
  const claims = metrics.histogram({
    name: 'postino_claim_messages',
    help: 'Messages a claim brought, the closed ones too.',
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
  return {
    turnBegun: () => turns.inc(),
    claimed: (messages) => claims.observe(messages),
    attempted({ answer, message, startedAtMs, endedAtMs }) {
      requests.inc({ method: 'sendMessage', outcome: answer.status })
      durations.observe({ method: 'sendMessage' }, (endedAtMs - startedAtMs) / 1_000)
      if (answer.status === 'sent') {
        latency.observe({ lane: String(message.lane) }, Math.max(0, endedAtMs - message.acceptedAtMs) / 1_000)
      }
    },
  }
}
