import {
  DEFAULT_ATTACHMENT_POLICY,
  localeChain,
  planAttachments,
  recipientsOf,
  type AttachmentPolicy,
  type FileToPlace,
  type MediaType,
  type MessageContent,
  type Person,
  type ShopEvent,
  type TemplateContent,
} from '@postino/domain'
import { CAPTION_LIMIT, parseHtml, TEXT_LIMIT } from '@postino/telegram'
import type { RenderedButton, RenderedContent, Renderer } from '@postino/templates'
import { composeMessage, type LinkCause } from './compose-message.ts'
import { templateData, type ShopToName } from './template-data.ts'

/** What Telegram will show of a template, for one event and its first recipient. */
export type Preview =
  | {
      status: 'shown'
      /** As it is sent. */
      html: string
      /** As people read it, what is hidden included. */
      text: string
      /** What a locked phone shows first. */
      pushLine: string
      lengthChars: number
      limitChars: number
      /** What there was no room for; empty when all is shown. */
      cut: string
      shownAs: 'text' | MediaType | 'album'
      /** Rows; an album has none, its links stand in the text. */
      buttons: RenderedButton[][]
      files: PreviewedFile[]
      isSilent: boolean
      isProtected: boolean
    }
  | { status: 'failed'; reason: string; detail: string }

export interface PreviewedFile {
  as: MediaType | 'link'
  name?: string | undefined
  url?: string | undefined
  fileId?: string | undefined
  /** Why it is a link. */
  cause?: LinkCause | undefined
}

export interface PreviewContext {
  event: ShopEvent
  /** BCP 47, of the template. */
  locale: string
  shop: ShopToName & { timeZone: string }
  policy?: AttachmentPolicy
  nowMs: number
}

/** Renders and composes a template as for a message, with a recipient nobody has in their book. */
export function previewMessage(render: Renderer, content: TemplateContent, context: PreviewContext): Preview {
  const { event, locale, shop, policy = DEFAULT_ATTACHMENT_POLICY, nowMs } = context
  const person = recipientsOf(event)[0]?.person
  const contact = { firstName: null, lastName: null, attributes: {} }
  const result = render(content, {
    kind: event.type,
    data: templateData(event, { contact, person, locale: person?.locale ?? locale, shop }),
    locale: varietyOf(locale, person),
    timeZone: person?.time_zone ?? shop.timeZone,
    nowMs,
  })
  if (result.status === 'failed') return result
  // It reports to nobody.
  const composed = composeMessage(result.content, { messageId: '0', policy })
  if (composed.status === 'failed') return composed
  const { content: message, linkCauses } = composed
  return {
    status: 'shown',
    ...describe(result.content, message),
    files: filesOf(result.content.media, { message, policy, linkCauses }),
  }
}

/** Numbers and dates follow the language the text is written in, in the reader's own variety of it. */
function varietyOf(locale: string, person: Person | undefined): string {
  const [language] = locale.split('-')
  return localeChain([person?.locale]).find((one) => one.split('-')[0] === language) ?? locale
}

function describe(
  rendered: RenderedContent,
  { html, buttons, media = [], silent, protect = false }: MessageContent,
) {
  const { text } = parseHtml(html)
  const [file, ...others] = media
  return {
    html,
    text,
    pushLine: text.trimStart().split('\n', 1)[0] ?? '',
    lengthChars: text.length,
    limitChars: file === undefined ? TEXT_LIMIT : CAPTION_LIMIT,
    cut: cutOff(rendered, text),
    shownAs: others.length > 0 ? ('album' as const) : (file?.as ?? ('text' as const)),
    buttons: buttons.length === 0 ? [] : rendered.buttons,
    isSilent: silent,
    isProtected: protect,
  }
}

/** What is shown begins as what was rendered, below its preview line; from where they part on it was cut. */
function cutOff({ html }: RenderedContent, shown: string): string {
  const whole = parseHtml(html).text.trim()
  if (shown.includes(whole)) return ''
  const head = whole.slice(0, HEAD_CHARS)
  const from = Math.max(0, shown.indexOf(head))
  let length = 0
  while (length < whole.length && whole[length] === shown[from + length]) length += 1
  return whole.slice(length)
}

/** So many characters at its beginning tell a text from a line above it. */
const HEAD_CHARS = 32

function filesOf(
  files: FileToPlace[],
  {
    message,
    policy,
    linkCauses,
  }: { message: MessageContent; policy: AttachmentPolicy; linkCauses: LinkCause[] },
): PreviewedFile[] {
  const { media = [] } = message
  // A text too long to stand under them has all files as links.
  const plan = planAttachments(files, media.length === 0 ? {} : policy)
  const links = plan.status === 'planned' ? plan.links : []
  return [
    ...media.map((file) => ('fileId' in file ? file : { as: file.as, name: file.name, url: file.url })),
    ...links.map(({ name, url }, index) => ({ as: 'link' as const, name, url, cause: linkCauses[index] })),
  ]
}
