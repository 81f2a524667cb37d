import { previewMessage, type Preview } from '@postino/composition'
import { findShop } from '@postino/database'
import { attachmentPolicySchema, DEFAULT_ATTACHMENT_POLICY, templateContentSchema } from '@postino/domain'
import { notFound } from '@postino/http'
import { createRenderer, judgeTemplate } from '@postino/templates'
import { operation, type Operation } from '../../../operation/operation.ts'
import { CONSOLE_PROBLEMS } from '../../../problems.ts'
import type { RouteDependencies } from '../../route-dependencies.ts'
import { chooseEvent } from '../event/choose-event.ts'
import { chooseStoredContents } from './choose-contents.ts'
import { previewAnswerSchema, previewSchema } from './schema.ts'
import { MAX_SOURCE_CHARS } from '../schema.ts'

export function previewOperation({ ask }: RouteDependencies): Operation {
  const render = createRenderer()
  return operation({
    method: 'POST',
    path: '/v1/templates:preview',
    operationId: 'previewTemplate',
    tag: 'Templates',
    summary: 'See what Telegram will show',
    description:
      'Of what is being written, or of what is kept: with the kind’s example, the shop’s last event, or any. For the first recipient of the event, as if the shop’s book knew nothing of them. Nothing is written, and nothing sent.',
    scope: 'templates:read',
    body: previewSchema,
    maxTextChars: MAX_SOURCE_CHARS,
    answers: { 200: { description: 'What will be shown, by language', schema: previewAnswerSchema } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, scopes, body }) {
      const { kind, state, contents } =
        'content' in body
          ? { ...body, contents: [{ locale: body.locale, content: body.content }] }
          : await chooseStoredContents(ask, shopId, body)
      const nowMs = Date.now()
      const event = await chooseEvent(ask, { shopId, scopes, kind, state, event: body.event, nowMs })
      const shop = await ask((database) => findShop(database, shopId))
      if (shop === undefined) throw notFound()
      const policy = attachmentPolicySchema.safeParse(shop.attachmentPolicy).data ?? DEFAULT_ATTACHMENT_POLICY
      const items = contents.map(({ locale, content: given, templateId, version }) => {
        const { data: content } = templateContentSchema.safeParse(given)
        const context = { event, locale, shop, policy, nowMs }
        const preview = content === undefined ? FORMLESS : previewMessage(render, content, context)
        const { findings } = judgeTemplate({ kind, state, locale, content: given })
        return { locale, template_id: templateId, version, ...showPreview(preview), findings }
      })
      return { status: 200, json: { event_id: event.id, items } }
    },
  })
}

/** Of what somebody stored past every check. */
const FORMLESS = {
  status: 'failed',
  reason: 'template_failed',
  detail: 'it has not the form of a template',
} as const

function showPreview(preview: Preview): object {
  if (preview.status === 'failed') return preview
  const { pushLine, lengthChars, limitChars, cut, shownAs, files, isSilent, isProtected, ...shown } = preview
  return {
    ...shown,
    push_line: pushLine,
    length: lengthChars,
    limit: limitChars,
    cut: cut === '' ? undefined : cut,
    shown_as: shownAs,
    files: files.map(({ fileId, ...file }) => ({ ...file, file_id: fileId })),
    silent: isSilent,
    protect: isProtected,
  }
}
