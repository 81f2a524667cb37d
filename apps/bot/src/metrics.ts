import type { Metrics } from '@postino/runtime'

export interface BotMetrics {
  updateReceived: (outcome: 'handled' | 'failed' | 'unauthorized' | 'malformed') => void
}

export function createBotMetrics(metrics: Metrics): BotMetrics {
  const updates = metrics.counter({
    name: 'postino_telegram_updates_total',
    help: 'Updates that came by webhook, by what became of them.',
    labelNames: ['outcome'],
  })
  return { updateReceived: (outcome) => updates.inc({ outcome }) }
}
