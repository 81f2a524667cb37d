import type { Rule } from '../rule.ts'

export const renderFailed: Rule = {
  code: 'render_failed',
  severity: 'error',
  about:
    'With some data a message could not be made, found by trying it: with the example, bare, unusual and long data.',
}

export const emptyText: Rule = {
  code: 'empty_text',
  severity: 'error',
  about: 'A text of which nothing is left with some data.',
}

export const tooLong: Rule = {
  code: 'too_long',
  severity: 'warning',
  about: 'A text longer than Telegram shows, with long data: its end would be cut.',
}

export const tooLongForFile: Rule = {
  code: 'too_long_for_file',
  severity: 'warning',
  about: 'A text longer than Telegram shows under a file: it would be sent with the file as a link.',
}

export const tooMuchWork: Rule = {
  code: 'too_much_work',
  severity: 'warning',
  about:
    'A text whose loops and filters take too long with the largest events: such a message would not be sent.',
}

export const longFirstLine: Rule = {
  code: 'long_first_line',
  severity: 'warning',
  about: 'A first line, or preview, longer than a locked phone shows.',
}

export const emptyFirstLine: Rule = {
  code: 'empty_first_line',
  severity: 'warning',
  about: 'A first line, or preview, without a word: a locked phone would show next to nothing.',
}

export const REHEARSAL_RULES: readonly Rule[] = [
  renderFailed,
  emptyText,
  tooLong,
  tooLongForFile,
  tooMuchWork,
  longFirstLine,
  emptyFirstLine,
]
