import type { Preview } from '@postino/composition'
import { harmless, plainMarks } from './plain-marks.ts'

/** What Telegram will show, as lines of a terminal. */
export function describePreview(preview: Preview): string[] {
  if (preview.status === 'failed') return [`Nothing would be sent: ${preview.detail} (${preview.reason})`]
  const { html, pushLine, lengthChars, limitChars, cut, shownAs, buttons, files, isSilent, isProtected } =
    preview
  const facts = [
    `${shownAs}, ${lengthChars} of ${limitChars} characters`,
    ...(isSilent ? ['silent'] : []),
    ...(isProtected ? ['cannot be forwarded'] : []),
  ]
  return [
    ...plainMarks(html)
      .split('\n')
      .map((line) => `│ ${line}`.trimEnd()),
    ...buttons.map((row) => `  ${row.map(describeButton).join('  ')}`),
    ...files.map(({ as, name, url, fileId, cause }) => {
      const why = cause === undefined ? '' : ` (a link for its ${cause})`
      return `  ${as}: ${harmless([name, url ?? fileId].filter((part) => part !== undefined).join(' '))}${why}`
    }),
    `On a locked phone: ${harmless(pushLine)}`,
    `${facts.join(', ')}.`,
    ...(cut === '' ? [] : [`No room for: ${harmless(cut)}`]),
  ]
}

type Button = Extract<Preview, { status: 'shown' }>['buttons'][number][number]

function describeButton(button: Button): string {
  const target =
    'url' in button ? button.url : 'copy' in button ? `copies ${button.copy}` : `reports ${button.action}`
  return `[ ${harmless(button.text)} ] ${harmless(target)}`
}
