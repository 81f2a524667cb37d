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
import { CAPTION_LIMIT, TEXT_LIMIT, visibleLength } from '@postino/telegram'
import type { RenderedButton, RenderedContent } from '@postino/templates'
import { textThatFits } from './text-that-fits.ts'

/** Why a file is a link; text: the text is too long to stand under it. */
export type LinkCause = PlacedLink['reason'] | 'text'

export type ComposedMessage =
  | { status: 'composed'; content: MessageContent; cost: number; linkCauses: LinkCause[] }
  | { status: 'failed'; reason: 'template_failed'; detail: string }

/**
 * Gives a rendered text and its files the form in which Telegram can show them: a text, a file, or an album. Files the shop
 * does not attach are links below the text, and so are the buttons of an album, which can have none. A text too long to
 * stand under a file goes as a text, with every file as a link; what is too long even so, or stands under a file that is no link
 * because Telegram alone has it, is cut.
 */
export function composeMessage(
  rendered: RenderedContent,
  { messageId, policy }: { messageId: string; policy: AttachmentPolicy },
): ComposedMessage {
  const { media: files, silent, protect } = rendered
  const plan = planAttachments(files, policy)
  if (plan.status === 'impossible')
    return { status: 'failed', reason: 'template_failed', detail: plan.detail }
  const { media } = plan
  const isAlbum = media.length > 1
  const links = [...plan.links, ...(isAlbum ? rendered.buttons.flat().map(linkOf) : [])]
  const mustStandUnderFile = media.some((file) => 'fileId' in file)
  const html = textThatFits(rendered, links, mustStandUnderFile ? CAPTION_LIMIT : TEXT_LIMIT)
  if (media.length > 0 && !fitsUnderFile(html))
    return withLinkCauses(composeMessage(rendered, { messageId, policy: NOTHING_ATTACHED }), 'text')
  const content: MessageContent = {
    html,
    buttons: isAlbum ? [] : withCallbackData(rendered.buttons, messageId),
    silent,
    ...(protect && { protect }),
    ...(media.length > 0 && { media }),
    ...(media.length > 0 && rendered.preview !== undefined && { hideMedia: true }),
  }
  const linkCauses = plan.links.map(({ reason }) => reason)
  return { status: 'composed', content, cost: Math.max(1, media.length), linkCauses }
}

function fitsUnderFile(html: string): boolean {
  return html.length <= CAPTION_LIMIT || visibleLength(html) <= CAPTION_LIMIT
}

function withLinkCauses(message: ComposedMessage, cause: LinkCause): ComposedMessage {
  return message.status === 'failed'
    ? message
    : { ...message, linkCauses: message.linkCauses.map(() => cause) }
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
  assert('url' in button, 'contentProblem keeps other buttons from a template of several files')
  return { url: button.url, name: button.text }
}
