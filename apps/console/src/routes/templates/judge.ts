import type { Judge } from '@postino/database'
import { EXAMPLES } from '@postino/domain'
import { createRenderer } from '@postino/templates'

const render = createRenderer()

export const judge: Judge = ({ kind, locale, content }) => {
  const { data, time } = EXAMPLES[kind]
  const result = render(content, {
    kind,
    data: { ...data, contact: { name: {} }, shop: { name: 'x' } },
    locale,
    timeZone: 'UTC',
    nowMs: Date.parse(time),
  })
  if (result.status === 'rendered') return { checkerVersion: 0, findings: [] }
  const { reason: code, detail: message } = result
  return { checkerVersion: 0, findings: [{ severity: 'error', code, at: 'text', message }] }
}
