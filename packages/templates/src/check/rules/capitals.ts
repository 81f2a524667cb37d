import { joined } from '../words/author-words.ts'
import type { SourceRule } from '../rule.ts'

export const capitals: SourceRule = {
  code: 'capitals',
  severity: 'warning',
  about: 'A text in capitals, which reads as if it shouted.',
  judge({ words, use }) {
    if (use !== 'text' && use !== 'preview') return []
    const letters = joined(words).replaceAll(/[^\p{Lu}\p{Ll}]/gu, '')
    const large = letters.replaceAll(/\p{Ll}/gu, '').length
    return letters.length >= MIN_LETTERS && large > letters.length * MOST_LARGE
      ? [{ message: 'Most of it is in capitals, which reads as if you shouted. Write as you would speak.' }]
      : []
  },
}

/** A shorter text is an abbreviation or two. */
const MIN_LETTERS = 12
const MOST_LARGE = 0.7
