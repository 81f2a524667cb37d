import type { SourceRule } from '../rule.ts'
import { beginnings } from '../words/beginnings.ts'

export const notAnAddress: SourceRule = {
  code: 'not_an_address',
  severity: 'error',
  about: 'The address of a button or a file that does not begin with https://.',
  judge({ use, block }) {
    if (use !== 'address') return []
    return beginnings(block)
      .filter(({ source }) => !/^\s*(?:https?:\/\/|$)/i.test(source))
      .map(({ place }) => ({ message: 'An address begins with https://.', place }))
  },
}
