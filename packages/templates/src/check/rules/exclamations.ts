import { findWords } from '../words/author-words.ts'
import type { SourceRule } from '../rule.ts'

export const exclamations: SourceRule = {
  code: 'exclamations',
  severity: 'warning',
  about: 'Several exclamation marks in a row, or more than three in a text.',
  judge({ words: all, use }) {
    if (use !== 'text' && use !== 'preview' && use !== 'label') return []
    const marks = findWords(all, /[!！][!！\s]*/gu)
    const row = marks.find(({ words }) => words.trim().length > 1)
    if (row !== undefined)
      return [{ message: 'One exclamation mark is enough; several look like advertising.', place: row.place }]
    return marks.length > MOST
      ? [{ message: `There are more than ${MOST} exclamation marks. Keep one or two.` }]
      : []
  },
}

const MOST = 3
