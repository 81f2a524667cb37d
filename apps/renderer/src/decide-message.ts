import { composeMessage, personOf, templateData, type LinkCause } from '@postino/composition'
import type { MessageToRender, PublishedTemplate, RenderOutcome } from '@postino/database'
import { localeChain, rightToTell, type AttachmentPolicy, type TemplateContent } from '@postino/domain'
import type { RenderedContent } from '@postino/templates'
import { chooseTemplate } from './choose-template.ts'

/** Renders one text; a failure names its reason and what a shopkeeper can mend. */
export type RenderMessage = (
  content: TemplateContent,
  context: { data: Record<string, unknown>; locale: string; timeZone: string; nowMs: number },
) => { status: 'rendered'; content: RenderedContent } | { status: 'failed'; reason: string; detail: string }

/** Where a message goes, and why files of it are links, which only the metrics tell. */
export type Decision = RenderOutcome & { linkCauses?: LinkCause[] }

/** Decides what becomes of one accepted message. Pure: the same input gives the same outcome. */
export function decideMessage(
  message: MessageToRender,
  context: {
    templates: PublishedTemplate[]
    render: RenderMessage
    policy: AttachmentPolicy
    nowMs: number
  },
): Decision {
  const { id, shop, contact, registration } = message
  if (message.isExpired) return { status: 'expired', id, reason: 'deadline_passed' }
  if (!isManaged(message)) return { status: 'suppressed', id, reason: 'state_not_managed' }

  const right = rightToTell({
    registration: registration?.status,
    purpose: message.purpose,
    granted: contact?.grantedPurposes ?? [],
    withdrawn: contact?.withdrawnPurposes ?? [],
    contractPurposes: shop.contractPurposes,
    isOutsideSandbox: shop.mode === 'sandbox' && registration?.isTester !== true,
    isOverQuota: registration?.isOverQuota === true,
  })
  if (right.status === 'refused') return { status: 'suppressed', id, reason: right.reason }
  // Nobody has a right without these; the compiler cannot know.
  if (contact === null || registration === null) return { status: 'suppressed', id, reason: 'not_registered' }

  const person = personOf(message.event, message.recipient)
  const locales = localeChain([
    contact.locale ?? undefined,
    person?.locale,
    registration.languageCode ?? undefined,
    shop.locale,
    'en',
  ])
  const template = chooseTemplate(context.templates, message, locales)
  if (template === undefined) return { status: 'failed', id, reason: 'no_template' }

  const rendered = context.render(template.content, {
    data: templateData(message.event, { contact, person, locale: locales[0], shop }),
    // Numbers and dates follow the language the text is written in, in the reader's own variety of it.
    locale:
      locales.find((locale) => locale.split('-')[0] === template.locale.split('-')[0]) ?? template.locale,
    timeZone: contact.timeZone ?? person?.time_zone ?? shop.timeZone,
    nowMs: context.nowMs,
  })
  if (rendered.status === 'failed')
    return { status: 'failed', id, reason: rendered.reason, detail: rendered.detail }
  const composed = composeMessage(rendered.content, { messageId: id, policy: context.policy })
  if (composed.status === 'failed')
    return { status: 'failed', id, reason: composed.reason, detail: composed.detail }
  return {
    status: 'queued',
    id,
    contactId: contact.id,
    registrationId: registration.id,
    botId: registration.botId,
    chatId: registration.chatId,
    templateId: template.templateId,
    templateVersion: template.version,
    content: composed.content,
    cost: composed.cost,
    onUnknown: template.content.on_unknown,
    linkCauses: composed.linkCauses,
  }
}

function isManaged(message: MessageToRender): boolean {
  const states = message.shop.managedOrderStates
  return message.kind !== 'order.status_changed' || states === null || states.includes(message.state)
}
