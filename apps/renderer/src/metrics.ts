import type { Metrics } from '@postino/runtime'
import type { Decision } from './decide-message.ts'

export interface RendererMetrics {
  rendered: (kind: string, decision: Decision) => void
  superseded: (reason: string) => void
}

export function createRendererMetrics(metrics: Metrics): RendererMetrics {
  const rendered = metrics.counter({
    name: 'postino_rendered_messages_total',
    help: 'Messages by what rendering made of them; the reason is empty for those that were queued or deferred. What is rendered twice counts twice.',
    labelNames: ['event', 'status', 'reason'],
  })
  const files = metrics.counter({
    name: 'postino_rendered_files_total',
    help: 'Files of queued messages by what they go as; of links, the reason: the type or the size, an album they do not fit, or a text too long to stand under a file.',
    labelNames: ['form', 'reason'],
  })
  const superseded = metrics.counter({
    name: 'postino_superseded_messages_total',
    help: 'Messages that ended because newer or later news of the same thing is told; those that were rendered just now count as queued or deferred, too.',
    labelNames: ['reason'],
  })
  return {
    superseded: (reason) => superseded.inc({ reason }),
    rendered(kind, decision) {
      const reason = 'reason' in decision ? decision.reason : ''
      rendered.inc({ event: kind, status: decision.status, reason })
      if (decision.status !== 'queued') return
      for (const { as } of decision.content.media ?? []) files.inc({ form: as, reason: '' })
      for (const cause of decision.linkCauses ?? []) files.inc({ form: 'link', reason: cause })
    },
  }
}
