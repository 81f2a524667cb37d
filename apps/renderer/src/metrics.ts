import type { RenderOutcome } from '@postino/database'
import type { Metrics } from '@postino/runtime'

export interface RendererMetrics {
  rendered: (kind: string, outcome: RenderOutcome) => void
}

export function createRendererMetrics(metrics: Metrics): RendererMetrics {
  const rendered = metrics.counter({
    name: 'postino_rendered_messages_total',
    help: 'Messages by what rendering made of them; the reason is empty for those that were queued. What is rendered twice counts twice.',
    labelNames: ['event', 'status', 'reason'],
  })
  return {
    rendered(kind, outcome) {
      const reason = outcome.status === 'queued' ? '' : outcome.reason
      rendered.inc({ event: kind, status: outcome.status, reason })
    },
  }
}
