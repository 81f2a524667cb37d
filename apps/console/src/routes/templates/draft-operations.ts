import { discardDraft, saveDraft } from '@postino/database'
import { judgeTemplate } from '@postino/templates'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import { actorOf } from '../../operation/trace.ts'
import { conflict, CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { unlessRefused } from './refusals.ts'
import {
  draftSchema,
  newTemplateSchema,
  revisionParameter,
  templateSchema,
  MAX_SOURCE_CHARS,
} from './schema.ts'
import { showTemplate } from './show-template.ts'

export function draftOperations(dependencies: RouteDependencies): Operation[] {
  return [createOperation(dependencies), ...existingOperations(dependencies)]
}

function createOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'POST',
    path: '/v1/templates',
    operationId: 'createTemplate',
    tag: 'Templates',
    summary: 'Begin a template',
    description:
      'Its content is a draft, which reaches nobody but testers until it is published. It may hold errors; `findings` tells them.',
    scope: 'templates:write',
    body: newTemplateSchema,
    maxTextChars: MAX_SOURCE_CHARS,
    answers: {
      200: { description: 'This very draft is there already', schema: templateSchema },
      201: { description: 'The new template', schema: templateSchema },
    },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, body: { content, note, ...name }, ...request }) {
      const author = actorOf(request)
      const wanted = { template: name, seenRevision: 0, content, note, author }
      const outcome = await ask((database) => saveDraft(database, shopId, wanted, judgeTemplate))
      if (outcome?.status === 'overtaken') {
        const { id } = outcome.template
        throw conflict(
          `The shop has this template already: write its draft, by PUT /v1/templates/${id}/draft.`,
          { template_id: id },
        )
      }
      const { status, template } = unlessRefused(outcome)
      return { status: status === 'saved' ? 201 : 200, json: showTemplate(template) }
    },
  })
}

function existingOperations({ ask }: RouteDependencies): Operation[] {
  const save = operation({
    method: 'PUT',
    path: '/v1/templates/{id}/draft',
    operationId: 'saveTemplateDraft',
    tag: 'Templates',
    summary: 'Write the draft',
    description:
      'What is sent stays as it is until the draft is published. A draft that is there is written over only with the revision you have seen: nobody’s work is lost.',
    scope: 'templates:write',
    body: draftSchema,
    maxTextChars: MAX_SOURCE_CHARS,
    answers: { 200: { description: 'The template with its draft', schema: templateSchema } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params, body: { content, note, revision }, ...request }) {
      const draft = { template: params, seenRevision: revision, content, note, author: actorOf(request) }
      const outcome = await ask((database) => saveDraft(database, shopId, draft, judgeTemplate))
      return { status: 200, json: showTemplate(unlessRefused(outcome).template) }
    },
  })

  const discard = operation({
    method: 'DELETE',
    path: '/v1/templates/{id}/draft',
    operationId: 'discardTemplateDraft',
    tag: 'Templates',
    summary: 'Throw the draft away',
    description: 'What is sent stays. A template that was never published is gone with its draft.',
    scope: 'templates:write',
    query: z.strictObject({ revision: revisionParameter.optional() }),
    answers: { 204: { description: 'There is no draft' } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params, query: { revision: seenRevision } }) {
      const wanted = { template: params, seenRevision }
      unlessRefused(await ask((database) => discardDraft(database, shopId, wanted)))
      return { status: 204 }
    },
  })

  return [save, discard]
}
