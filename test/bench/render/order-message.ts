import { exampleAt, type TemplateContent } from '@postino/domain'
import { starterTemplates } from '@postino/templates'

const NOW_MS = Date.parse('2026-11-21T09:00:00Z')

/** The message most customers get: an order has been shipped, in Italian, with the data of the example event. */
export const CONTEXT = {
  kind: 'order.status_changed',
  data: {
    ...exampleAt('order.status_changed', NOW_MS).data,
    contact: { name: { first: 'Anna', last: 'Verdi' }, locale: 'it-IT' },
    shop: { name: 'Bottega Faenza', support_contact: '+390546123456' },
  },
  locale: 'it-IT',
  timeZone: 'Europe/Rome',
  nowMs: NOW_MS,
}

export function shippedContent(): TemplateContent {
  const shipped = starterTemplates.find(
    ({ kind, state, locale }) => kind === CONTEXT.kind && state === 'shipped' && locale === 'it',
  )
  if (shipped === undefined) throw new Error('there is no starter text of a shipped order in Italian')
  return shipped.content
}

/** A long one: the text of a shipped order again and again, to four kilobytes. */
export function longContent(): TemplateContent {
  const content = shippedContent()
  const times = Math.ceil(4096 / content.text.length)
  return { ...content, text: `${content.text}\n`.repeat(times).slice(0, content.text.length * times) }
}
