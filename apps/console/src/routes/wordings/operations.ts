import { PAGE_PARAMETERS, pageOf } from '@postino/http'
import {
  insertShopWording,
  listWordingHistory,
  listWordings,
  restoreDefaultWording,
  type PutInForce,
} from '@postino/database'
import { PURPOSES, WORDING_LOCALES, wordingInForce, wordingInputSchema } from '@postino/domain'
import { z } from 'zod'
import { operation, type Answer, type Operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import {
  purposeAndLocale,
  restoreSchema,
  showWording,
  wordingHistorySchema,
  wordingSchema,
  wordingsInForceSchema,
} from './schema.ts'

export function wordingOperations(dependencies: RouteDependencies): Operation[] {
  return [...readingOperations(dependencies), ...writingOperations(dependencies)]
}

function readingOperations({ ask }: RouteDependencies): Operation[] {
  const listInForce = operation({
    method: 'GET',
    path: '/v1/wordings',
    operationId: 'listWordings',
    tag: 'Wordings',
    summary: 'See what is asked now',
    description: 'The words in force: the shop’s youngest, or Postino’s own where the shop has none.',
    scope: 'consents:read',
    query: z.strictObject({
      purpose: purposeAndLocale.purpose.optional(),
      locale: purposeAndLocale.locale.optional(),
    }),
    answers: { 200: { description: 'The words in force', schema: wordingsInForceSchema } },
    async handle({ shopId, query: { purpose, locale } }) {
      const kept = await ask((database) => listWordings(database, shopId))
      const purposes = purpose === undefined ? PURPOSES : [purpose]
      const locales = locale === undefined ? WORDING_LOCALES : [locale]
      const items = purposes.flatMap((each) =>
        locales.map((language) => showWording(wordingInForce(kept, each, language))),
      )
      return { status: 200, json: { items } }
    },
  })

  const listHistory = operation({
    method: 'GET',
    path: '/v1/wordings/history',
    operationId: 'listWordingHistory',
    tag: 'Wordings',
    summary: 'See what was asked before',
    description: 'All words a shop has asked with about a purpose in a language, the youngest first.',
    scope: 'consents:read',
    query: z.strictObject({ ...purposeAndLocale, ...PAGE_PARAMETERS }),
    answers: { 200: { description: 'A page of versions', schema: wordingHistorySchema } },
    async handle({ shopId, query }) {
      const page = pageOf({ list: 'wordings', shopId, query })
      const { purpose, locale } = query
      const wanted = { purpose, locale, before: page.after, limit: page.rows }
      const rows = await ask((database) => listWordingHistory(database, shopId, wanted))
      return {
        status: 200,
        json: page.answer(rows, {
          item: ({ createdAt, ...wording }) => ({ ...showWording(wording), created_at: createdAt }),
          position: ({ version }) => String(version),
        }),
      }
    },
  })

  return [listInForce, listHistory]
}

function writingOperations({ ask }: RouteDependencies): Operation[] {
  const answers = {
    200: { description: 'These words are in force already', schema: wordingSchema },
    201: { description: 'The new version, in force from now on', schema: wordingSchema },
  }

  const putInForce = operation({
    method: 'POST',
    path: '/v1/wordings',
    operationId: 'createWording',
    tag: 'Wordings',
    summary: 'Ask in words of your own',
    description:
      'They are in force at once, as the next version; consents given to former words keep pointing to those. They must say what is sent and name Telegram.',
    scope: 'consents:write',
    body: wordingInputSchema,
    answers,
    async handle({ shopId, body }) {
      return answerOf(await ask((database) => insertShopWording(database, shopId, body)))
    },
  })

  const restore = operation({
    method: 'POST',
    path: '/v1/wordings/default',
    operationId: 'restoreDefaultWording',
    tag: 'Wordings',
    summary: 'Go back to Postino’s own words',
    description: 'As the next version, when the shop’s own stand in between; those are kept.',
    scope: 'consents:write',
    body: restoreSchema,
    answers,
    async handle({ shopId, body }) {
      return answerOf(await ask((database) => restoreDefaultWording(database, shopId, body)))
    },
  })

  return [putInForce, restore]
}

function answerOf({ status, wording }: PutInForce): Answer {
  return { status: status === 'created' ? 201 : 200, json: showWording(wording) }
}
