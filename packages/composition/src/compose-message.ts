import assert from 'node:assert/strict'
import {
  callbackDataFor,
  planAttachments,
  type AttachmentPolicy,
  type FileLink,
  type MessageButton,
  type MessageContent,
  type PlacedLink,
} from '@postino/domain'
import { CAPTION_LIMIT, TEXT_LIMIT, visibleLength, withLinks } from '@postino/telegram'
import type { RenderedButton, RenderedContent } from '@postino/templates'

/** Why a file is a link; text: the text is too long to stand under it. */
export type LinkCause = PlacedLink['reason'] | 'text'

export type ComposedMessage =
  | { status: 'composed'; content: MessageContent; cost: number; linkCauses: LinkCause[] }
  | { status: 'failed'; reason: 'template_failed' | 'too_long'; detail: string }

/**
 * Gives a rendered text and its files the form in which Telegram can show them: a text, a file, or an album. Files the shop
 * does not attach are links below the text, and so are the buttons of an album, which can have none. A text too long to
 * stand under a file goes as a text, with every file as a link.
 */
export function composeMessage(
  rendered: RenderedContent,
  { messageId, policy }: { messageId: string; policy: AttachmentPolicy },
): ComposedMessage {
  const { html, media: files, silent, protect } = rendered
  const plan = planAttachments(files, policy)
  if (plan.status === 'impossible') return failed('template_failed', plan.detail)
  const { media } = plan
  const isAlbum = media.length > 1
  const links = [...plan.links, ...(isAlbum ? rendered.buttons.flat().map(linkOf) : [])]
  const content = {
    html: links.length === 0 ? html : withLinks(html, links, TEXT_LIMIT),
    buttons: isAlbum ? [] : withCallbackData(rendered.buttons, messageId),
    silent,
    ...(protect && { protect }),
  }
  const linkCauses = plan.links.map(({ reason }) => reason)
  if (media.length === 0) return { status: 'composed', content, cost: 1, linkCauses }
  const captionChars = visibleLength(content.html)
  if (captionChars <= CAPTION_LIMIT)
    return { status: 'composed', content: { ...content, media }, cost: media.length, linkCauses }
  if (media.some((file) => 'fileId' in file)) return failed('too_long', tooLong(captionChars))
  const text = composeMessage(rendered, { messageId, policy: NOTHING_ATTACHED })
  return text.status === 'failed' ? text : { ...text, linkCauses: text.linkCauses.map(() => 'text') }
}

const NOTHING_ATTACHED: AttachmentPolicy = {}

function withCallbackData(rows: RenderedButton[][], messageId: string): MessageButton[][] {
  return rows.map((row) =>
    row.map((button) =>
      'action' in button
        ? { text: button.text, callbackData: callbackDataFor(messageId, button.action) }
        : button,
    ),
  )
}

function linkOf(button: RenderedButton): FileLink {
  assert('url' in button, 'a template with another button has one file')
  return { url: button.url, name: button.text }
}

function tooLong(chars: number): string {
  return `the text with its links has ${chars} characters; ${CAPTION_LIMIT} are allowed under a file without an address`
}

function failed(reason: 'template_failed' | 'too_long', detail: string): ComposedMessage {
  return { status: 'failed', reason, detail }
}
