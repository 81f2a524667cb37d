import type { PublishedTemplate } from '@postino/database'
import { createQuietUntil, DEFAULT_ATTACHMENT_POLICY, type AttachmentPolicy } from '@postino/domain'
import { decideMessage, type MessageOfShop, type RenderMessage } from './decide-message.ts'
import { createLocaleChains } from './locale-chains.ts'
import { messageToRender, publishedTemplate } from './message-to-render.ts'

export const CONTENT = { html: 'Ciao', buttons: [], silent: false }
export const RENDERED = { ...CONTENT, media: [], protect: false }
const quietUntil = createQuietUntil()
const localesFor = createLocaleChains()

type Context = Parameters<RenderMessage>[1]

/** For tests: what is decided about an example that is changed, and what its text was rendered with. */
export function decide(
  change: Partial<MessageOfShop> = {},
  templates: PublishedTemplate[] = [publishedTemplate()],
  result: ReturnType<RenderMessage> = { status: 'rendered', content: RENDERED },
  policy: AttachmentPolicy = DEFAULT_ATTACHMENT_POLICY,
) {
  const rendered: Context[] = []
  const outcome = decideMessage(messageToRender(change), {
    templates,
    quietUntil,
    localesFor,
    policy,
    render(_content, context) {
      rendered.push(context)
      return result
    },
  })
  return { outcome, context: rendered[0] }
}

const { contact, registration, shop } = messageToRender()
if (contact === null || registration === null) throw new Error('the example has both')

/** The example, whose parts are all there. */
export const EXAMPLE = { contact, registration, shop }
