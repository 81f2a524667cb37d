import { TELEGRAM_TAGS } from '../../markup/telegram-tags.ts'
import { placeIn } from '../words/place-in.ts'
import type { SourceRule } from '../rule.ts'
import { markupParts } from '../words/author-words.ts'

export const plainMarkup: SourceRule = {
  code: 'plain_markup',
  severity: 'warning',
  about:
    'Bold and the like where Telegram shows plain text: in a preview, on a button, or in what it copies.',
  judge({ use, block }) {
    if (use === 'text') return []
    return markupParts(block).flatMap((part) =>
      [...part.source.matchAll(/<\/?([a-z-]+)[^<>]*>/gi)]
        .filter(([, name = '']) => TELEGRAM_TAGS.has(name.toLowerCase()))
        .map((match) => ({
          message: `Here ${match[0]} would be shown as it stands: ${use === 'preview' ? 'a preview' : 'a button'} has plain text.`,
          place: placeIn(part, match.index),
        })),
    )
  },
}
