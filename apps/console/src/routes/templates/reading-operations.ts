import { findTemplate, listTemplates, TEMPLATE_STATUSES } from '@postino/database'
import { stateSchema } from '@postino/domain'
import { notFound, PAGE_PARAMETERS, pageOf } from '@postino/http'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { namePartShape } from './name-schema.ts'
import { templateListSchema, templateSchema } from './schema.ts'
import { showListedTemplate, showTemplate } from './show-template.ts'

const { kind, locale } = namePartShape

const listQuery = z.strictObject({
  kind: kind.optional(),
  state: stateSchema.meta({ description: 'Those of this very state', examples: ['shipped'] }).optional(),
  locale: locale.optional(),
  status: z
    .enum(TEMPLATE_STATUSES)
    .meta({
      description:
        'draft: something is being written. published: something is sent. unpublished: nothing is sent in these words',
    })
    .optional(),
  ...PAGE_PARAMETERS,
})

export function readingOperations({ ask }: RouteDependencies): Operation[] {
  const list = operation({
    method: 'GET',
    path: '/v1/templates',
    operationId: 'listTemplates',
    tag: 'Templates',
    summary: 'List the templates',
    description: 'In the order they were made in, without what is written in them.',
    scope: 'templates:read',
    query: listQuery,
    answers: { 200: { description: 'A page of templates', schema: templateListSchema } },
    async handle({ shopId, query }) {
      const { limit: _limit, cursor: _cursor, ...filter } = query
      const page = pageOf({ list: 'templates', shopId, query })
      const rows = await ask((database) =>
        listTemplates(database, shopId, { ...filter, after: page.after, limit: page.rows }),
      )
      return { status: 200, json: page.answer(rows, { item: showListedTemplate, position: ({ id }) => id }) }
    },
  })

  const getTemplate = operation({
    method: 'GET',
    path: '/v1/templates/{id}',
    operationId: 'getTemplate',
    tag: 'Templates',
    summary: 'See a template',
    description: 'What is sent, and what is being written.',
    scope: 'templates:read',
    answers: { 200: { description: 'The template', schema: templateSchema } },
    async handle({ shopId, params }) {
      const template = await ask((database) => findTemplate(database, shopId, params))
      if (template === undefined) throw notFound()
      return { status: 200, json: showTemplate(template) }
    },
  })

  return [list, getTemplate]
}
