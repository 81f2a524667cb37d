import type { FileLink } from '@postino/domain'
import { hideText, SOURCE_LIMIT_BYTES, withLinks } from '@postino/telegram'
import type { RenderedContent } from '@postino/templates'

/** A character has at most three bytes for each UTF-16 unit. */
const SURELY_SENDABLE_CHARS = Math.floor(SOURCE_LIMIT_BYTES / 3)

/**
 * The text with its links, at most `maxChars` UTF-16 units as people see it and as many bytes as Telegram reads: cut where it is
 * longer, hidden below its first line where the template says so.
 */
export function textThatFits(
  { html, preview }: Pick<RenderedContent, 'html' | 'preview'>,
  links: readonly FileLink[],
  maxChars: number,
): string {
  if (preview !== undefined) return hideText(preview, html, { links, maxChars })
  // What is seen of a source is never longer than the source, so most texts need not be read.
  const surelyFits = links.length === 0 && html.length <= Math.min(maxChars, SURELY_SENDABLE_CHARS)
  return surelyFits ? html : withLinks(html, links, maxChars)
}
