import { composeMessage, personOf, templateData, type LinkCause } from '@postino/composition'
import type { MessageToRender, PublishedTemplate, RenderOutcome } from '@postino/database'
import {
  isEventKind,
  KIND_RULES,
  type AttachmentPolicy,
  type QuietUntil,
  type TemplateContent,
} from '@postino/domain'
import type { RenderedContent } from '@postino/templates'
import { chooseTemplate } from './choose-template.ts'
import { findRefusal } from './find-refusal.ts'
import type { LocaleChains } from './locale-chains.ts'
import type { ShopSettings } from './shop-cache.ts'
import { templateDeadlineMs, whenToTell } from './when-to-tell.ts'

/** A message with what its shop says of all of them. */
export type MessageOfShop = MessageToRender & { shop: ShopSettings }

/** Renders one text; a failure names its reason and what a shopkeeper can mend. */
export type RenderMessage = (
  content: TemplateContent,
  context: { kind: string; data: Record<string, unknown>; locale: string; timeZone: string; nowMs: number },
) => { status: 'rendered'; content: RenderedContent } | { status: 'failed'; reason: string; detail: string }

/** Where a message goes, and why files of it are links, which only the metrics tell. */
export type Decision = RenderOutcome & { linkCauses?: LinkCause[] }

export interface DecisionContext {
  /** The shop's own for the kind, as far as they may be for the state. */
  templates: PublishedTemplate[]
  render: RenderMessage
  policy: AttachmentPolicy
  quietUntil: QuietUntil
  localesFor: LocaleChains
}

/** Decides what becomes of one accepted message. Pure: the same input gives the same outcome. */
export function decideMessage(message: MessageOfShop, context: DecisionContext): Decision {
  const { id, nowMs, shop, contact, registration } = message
  if (message.deadlineAtMs !== null && message.deadlineAtMs <= nowMs) return expired(id)
  const refusal = findRefusal(message)
  if (refusal !== undefined) return { status: 'suppressed', id, reason: refusal }
  // Nobody has a right without these; the compiler cannot know.
  if (contact === null || registration === null) return { status: 'suppressed', id, reason: 'not_registered' }

  const person = personOf(message.event, message.recipient)
  const locales = context.localesFor([contact.locale, person?.locale, registration.languageCode, shop.locale])
  const template = message.isTest
    ? message.testedTemplate
    : chooseTemplate(context.templates, message, locales)
  if (template === null || template === undefined) return { status: 'failed', id, reason: 'no_template' }
  const { content } = template
  const timeZone = contact.timeZone ?? person?.time_zone ?? shop.timeZone

  const when = whenToTell(message, { content, timeZone, quietUntil: context.quietUntil })
  if (when.status === 'never') return expired(id)
  const replacesOlder = takesPlaceOfOlder(message, content)
  if (when.status === 'later') {
    // One that will never be sent takes nobody's place.
    const takesPlace = replacesOlder && !when.isTooLate
    return { status: 'deferred', id, contactId: contact.id, dueAtMs: when.dueAtMs, replacesOlder: takesPlace }
  }

  const rendered = context.render(content, {
    kind: message.kind,
    data: templateData(message.event, { contact, person, locale: locales[0], shop }),
    // Numbers and dates follow the language the text is written in, in the reader's own variety of it.
    locale:
      locales.find((locale) => locale.split('-')[0] === template.locale.split('-')[0]) ?? template.locale,
    timeZone,
    nowMs,
  })
  if (rendered.status === 'failed')
    return { status: 'failed', id, reason: rendered.reason, detail: rendered.detail }
  const toCompose = { ...rendered.content, silent: rendered.content.silent || when.isSilent }
  const composed = composeMessage(toCompose, { messageId: id, policy: context.policy })
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
    onUnknown: content.on_unknown,
    deadlineAtMs: templateDeadlineMs(message, content),
    quietFromMs: when.quietFromMs,
    replacesOlder,
    linkCauses: composed.linkCauses,
  }
}

/** Of several messages about one thing that wait at the same time the newest is sent, if the template or its kind says so. */
function takesPlaceOfOlder({ kind, isTest }: MessageToRender, { collapse }: TemplateContent): boolean {
  const rule = collapse ?? (isEventKind(kind) ? KIND_RULES[kind].collapse : 'all')
  return rule === 'newest' && !isTest
}

function expired(id: string): Decision {
  return { status: 'expired', id, reason: 'deadline_passed' }
}
