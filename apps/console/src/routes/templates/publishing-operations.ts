import { publishDraft, rollBack, unpublish } from '@postino/database'
import { judgeTemplate } from '@postino/templates'
import { operation, type Operation } from '../../operation/operation.ts'
import { actorOf } from '../../operation/trace.ts'
import { conflict, CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { unlessRefused } from './refusals.ts'
import { rollbackSchema, seenSchema, templateSchema } from './schema.ts'
import { showTemplate } from './show-template.ts'

const TAKES_EFFECT = 'From the next message on; those that are rendered already keep their words.'

export function publishingOperations({ ask }: RouteDependencies): Operation[] {
  const publish = operation({
    method: 'POST',
    path: '/v1/templates/{id}/publish',
    operationId: 'publishTemplate',
    tag: 'Templates',
    summary: 'Publish the draft',
    description: `${TAKES_EFFECT} The version before it is kept. Errors are refused; warnings are told in \`findings\`.`,
    scope: 'templates:write',
    body: seenSchema,
    answers: { 200: { description: 'The template as it is now', schema: templateSchema } },
    problems: [CONSOLE_PROBLEMS.conflict, CONSOLE_PROBLEMS['template-refused']],
    async handle({ shopId, params, body }) {
      const wanted = { template: params, seenRevision: body.revision }
      const outcome = await ask((database) => publishDraft(database, shopId, wanted, judgeTemplate))
      const { status, template } = unlessRefused(outcome)
      if (status === 'no_draft') {
        const { id } = template
        throw conflict(
          `The template ${id} has no draft to publish: write one, by PUT /v1/templates/${id}/draft.`,
          { template_id: id, revision: template.revision },
        )
      }
      return { status: 200, json: showTemplate(template) }
    },
  })

  const takeBack = operation({
    method: 'POST',
    path: '/v1/templates/{id}/unpublish',
    operationId: 'unpublishTemplate',
    tag: 'Templates',
    summary: 'Send nothing in these words any more',
    description: `${TAKES_EFFECT} Messages go by another template that suits them, such as that of another language or of every state; where the shop has none, they end as failed with \`no_template\`.`,
    scope: 'templates:write',
    body: seenSchema,
    answers: { 200: { description: 'The template as it is now', schema: templateSchema } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params, body }) {
      const wanted = { template: params, seenRevision: body.revision }
      const outcome = await ask((database) => unpublish(database, shopId, wanted))
      return { status: 200, json: showTemplate(unlessRefused(outcome).template) }
    },
  })

  const goBack = operation({
    method: 'POST',
    path: '/v1/templates/{id}/rollback',
    operationId: 'rollBackTemplate',
    tag: 'Templates',
    summary: 'Go back to an earlier version',
    description: `Its content is published as a version of its own, and the draft stays. ${TAKES_EFFECT}`,
    scope: 'templates:write',
    body: rollbackSchema,
    answers: { 200: { description: 'The template as it is now', schema: templateSchema } },
    problems: [CONSOLE_PROBLEMS.conflict, CONSOLE_PROBLEMS['template-refused']],
    async handle({ shopId, params, body: { revision: seenRevision, ...aim }, ...request }) {
      const wanted = { template: params, seenRevision, ...aim, author: actorOf(request) }
      const outcome = await ask((database) => rollBack(database, shopId, wanted, judgeTemplate))
      const { status, template } = unlessRefused(outcome)
      if (status === 'no_version') {
        throw conflict(
          `The template ${template.id} was never published as version ${aim.version}: GET /v1/templates/${template.id}/versions lists those there are.`,
          { template_id: template.id, revision: template.revision },
        )
      }
      return { status: 200, json: showTemplate(template) }
    },
  })

  return [publish, takeBack, goBack]
}
