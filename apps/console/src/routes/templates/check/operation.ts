import { setImmediate } from 'node:timers/promises'
import { findShop } from '@postino/database'
import type { TemplateFinding } from '@postino/domain'
import { notFound } from '@postino/http'
import { checkTemplate, checkTemplates, type TemplateToCheck } from '@postino/templates'
import { operation, type Operation } from '../../../operation/operation.ts'
import type { RouteDependencies } from '../../route-dependencies.ts'
import { checkAnswerSchema, checkSchema } from './schema.ts'
import { MAX_SOURCE_CHARS } from '../schema.ts'

export function checkOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'POST',
    path: '/v1/templates:check',
    operationId: 'checkTemplates',
    tag: 'Templates',
    summary: 'Check texts',
    description:
      'One template, or a set of up to 100, which are held against each other, too: states and languages that have no text, translations that differ. Nothing is written.',
    scope: 'templates:read',
    body: checkSchema,
    maxTextChars: MAX_SOURCE_CHARS,
    answers: { 200: { description: 'What the checker says', schema: checkAnswerSchema } },
    async handle({ shopId, body }) {
      if (!('templates' in body)) {
        const { kind, state, locale } = body
        return { status: 200, json: answerOf([{ kind, state, locale, findings: checkTemplate(body) }]) }
      }
      const shop = await ask((database) => findShop(database, shopId))
      if (shop === undefined) throw notFound()
      const { locale, managedOrderStates: managedStates } = shop
      const found = await checkEach(body.templates)
      return { status: 200, json: answerOf(checkTemplates(body.templates, { locale, managedStates }, found)) }
    },
  })
}

/** Some milliseconds each, between which others have their turn. */
async function checkEach(templates: TemplateToCheck[]): Promise<TemplateFinding[][]> {
  const found: TemplateFinding[][] = []
  for (const template of templates) {
    found.push(checkTemplate(template))
    await setImmediate()
  }
  return found
}

function answerOf(reports: ReturnType<typeof checkTemplates>): object {
  const all = reports.flatMap(({ findings }) => findings)
  const errors = all.filter(({ severity }) => severity === 'error').length
  const items = reports.filter(({ findings }) => findings.length > 0)
  return { errors, warnings: all.length - errors, items }
}
