import { KIND_RULES } from '@postino/domain'
import { joined } from '../words/author-words.ts'
import type { SourceRule } from '../rule.ts'
import { wordsOfAdvertising } from './marketing-words.ts'

export const noWayOut: SourceRule = {
  code: 'no_way_out',
  severity: 'warning',
  about: 'Advertising, be it in a reminder of a cart, that does not say how to end it.',
  judge(source) {
    const { purpose } = KIND_RULES[source.kind]
    if (source.use !== 'text' || /(?:\/|\b)stop\b/i.test(joined(source.words))) return []
    if (purpose === 'marketing')
      return [{ message: 'Say how to end these messages, such as: /stop ends them.' }]
    return purpose === 'cart_reminders' && wordsOfAdvertising(source).length > 0
      ? [{ message: 'A reminder that advertises says how to end it, such as: /stop ends these messages.' }]
      : []
  },
}
