import { findTemplate, findVersion, listVersions } from '@postino/database'
import { invalidParameter, notFound, PAGE_PARAMETERS, pageOf } from '@postino/http'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { diffContents } from './diff/diff-contents.ts'
import { diffSchema } from './diff/schema.ts'
import { versionListSchema, versionParameter, versionSchema } from './schema.ts'
import { showListedVersion, showVersion } from './show-template.ts'

const MAX_VERSION = 2_147_483_647

export function versionOperations(dependencies: RouteDependencies): Operation[] {
  return [...readingOperations(dependencies), diffOperation(dependencies)]
}

function readingOperations({ ask }: RouteDependencies): Operation[] {
  const list = operation({
    method: 'GET',
    path: '/v1/templates/{id}/versions',
    operationId: 'listTemplateVersions',
    tag: 'Templates',
    summary: 'List a template’s versions',
    description: 'All that were ever published, and the draft; the youngest first.',
    scope: 'templates:read',
    query: z.strictObject(PAGE_PARAMETERS),
    answers: { 200: { description: 'A page of versions', schema: versionListSchema } },
    async handle({ shopId, params: { id: templateId }, query }) {
      const page = pageOf({ list: `versions of ${templateId}`, shopId, query })
      const before = page.after === undefined ? undefined : Number(page.after)
      const [template, rows] = await ask((database) =>
        Promise.all([
          findTemplate(database, shopId, { id: templateId }),
          listVersions(database, shopId, { templateId, before, limit: page.rows }),
        ]),
      )
      if (template === undefined) throw notFound()
      const json = page.answer(rows, {
        item: showListedVersion,
        position: ({ version }) => String(version),
      })
      return { status: 200, json }
    },
  })

  const getVersion = operation({
    method: 'GET',
    path: '/v1/templates/{id}/versions/{version}',
    operationId: 'getTemplateVersion',
    tag: 'Templates',
    summary: 'See a version',
    description:
      'A message keeps the version it was rendered with, and what a published version says never changes.',
    scope: 'templates:read',
    answers: { 200: { description: 'The version', schema: versionSchema } },
    async handle({ shopId, params: { id: templateId, version: number } }) {
      const version = Number(number)
      if (version > MAX_VERSION) throw notFound()
      const found = await ask((database) => findVersion(database, shopId, { templateId, version }))
      if (found === undefined) throw notFound()
      return { status: 200, json: showVersion(found) }
    },
  })

  return [list, getVersion]
}

function diffOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'GET',
    path: '/v1/templates/{id}/diff',
    operationId: 'diffTemplateVersions',
    tag: 'Templates',
    summary: 'See what two versions have apart',
    description: 'The text line by line, and every other part that is not the same in both.',
    scope: 'templates:read',
    query: z.strictObject({ from: versionParameter, to: versionParameter }),
    answers: { 200: { description: 'What was changed', schema: diffSchema } },
    async handle({ shopId, params: { id: templateId }, query: { from, to } }) {
      const [template, before, after] = await ask((database) =>
        Promise.all([
          findTemplate(database, shopId, { id: templateId }),
          findVersion(database, shopId, { templateId, version: from }),
          findVersion(database, shopId, { templateId, version: to }),
        ]),
      )
      if (template === undefined) throw notFound()
      if (before === undefined) throw unknownVersion('from', from)
      if (after === undefined) throw unknownVersion('to', to)
      return { status: 200, json: { from, to, ...diffContents(before.content, after.content) } }
    },
  })
}

function unknownVersion(parameter: 'from' | 'to', version: number) {
  return invalidParameter(parameter, 'unknown_version', `The template has no version ${version}.`)
}
