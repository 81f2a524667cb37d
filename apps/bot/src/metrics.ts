import type { Metrics } from '@postino/runtime'

export type UpdateOutcome =
  | 'handled'
  /** Delivered before; took no second effect. */
  | 'repeated'
  /** Nothing was kept; Telegram delivers it again. */
  | 'failed'
  /** Of a form we do not know; ignored. */
  | 'unreadable'
  /** By webhook, without the bot's secret. */
  | 'unauthorized'
  /** By webhook, and no update at all. */
  | 'malformed'

export interface BotMetrics {
  updateTaken: (outcome: UpdateOutcome) => void
  replyDropped: () => void
  pageAnswered: (page: string, status: number) => void
}

export function createBotMetrics(metrics: Metrics): BotMetrics {
  const updates = metrics.counter({
    name: 'postino_telegram_updates_total',
    help: 'Updates from Telegram, by what became of them.',
    labelNames: ['outcome'],
  })
  const dropped = metrics.counter({
    name: 'postino_bot_replies_dropped_total',
    help: 'Answers left unsaid because too many were waiting.',
  })
  const pages = metrics.counter({
    name: 'postino_optin_pages_total',
    help: 'Requests for the hosted pages, by page and status.',
    labelNames: ['page', 'status'],
  })
  return {
    updateTaken: (outcome) => updates.inc({ outcome }),
    replyDropped: () => dropped.inc(),
    pageAnswered: (page, status) => pages.inc({ page, status }),
  }
}
