import type { TemplateFinding } from '@postino/domain'
import { findingOf } from '../rule.ts'
import { emptyFirstLine, longFirstLine } from './rehearsal-rules.ts'

/** About what the lock screens of phones show of a message. */
const MAX_FIRST_LINE_CHARS = 150

/** Says when a locked phone would show nothing of use, or not all of a line. */
export function judgeFirstLine(text: string, at: string): TemplateFinding[] {
  const [line = ''] = text.split('\n')
  if (!/[\p{L}\p{N}]/u.test(line))
    return [
      findingOf(emptyFirstLine, at, {
        message:
          'The first line has no word, and a locked phone shows little more. Say there what it is about.',
      }),
    ]
  return line.length > MAX_FIRST_LINE_CHARS
    ? [
        findingOf(longFirstLine, at, {
          message: `The first line has some ${line.length} characters; a locked phone shows about ${MAX_FIRST_LINE_CHARS}. Begin with what matters, then go on in a new line.`,
        }),
      ]
    : []
}
