import { exportContact, findShop } from '@postino/database'
import { notFound } from '@postino/http'
import { renderExportHtml } from '@postino/privacy'
import { z } from 'zod'
import { operation } from '../../operation/operation.ts'
import { prefersHtml } from '../../operation/prefers-html.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { LONG_WORK_MS } from './long-work.ts'

const thing = z.record(z.string(), z.unknown())
const things = z.array(thing)
const youngest = z.strictObject({ total: z.int().min(0), items: things })

const exportSchema = z
  .strictObject({
    format: z.literal('postino.contact-export.1'),
    exported_at: z.string(),
    shop: thing,
    contact: thing,
    former_contacts: things.meta({ description: 'Contacts that were merged into this one' }),
    registrations: things,
    groups: things,
    consents: things.meta({ description: 'The ledger with all its proof, the oldest entry first' }),
    merges: things,
    optin_links: things,
    messages: youngest.meta({ description: 'The youngest 10,000, and the count of all' }),
    events: youngest.meta({ description: 'The youngest 10,000, and the count of all' }),
  })
  .meta({ id: 'ContactExport', description: 'All there is about a person, in the words of the database' })

/** It stands by itself: its style is its own, and it is to be kept rather than shown by this address. */
const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'content-disposition': 'attachment; filename="data.html"',
}

export function createExportContact({ ask }: RouteDependencies) {
  return operation({
    method: 'GET',
    path: '/v1/contacts/{id}/export',
    operationId: 'exportContact',
    tag: 'Contacts',
    summary: 'Everything there is about a person',
    description:
      'To hand it to them, or to prove what they agreed to: as JSON, or with `accept: text/html` as a page in their language. It shows all, the proof of consents and what was sent included.',
    scope: 'contacts:write',
    answers: {
      200: { description: 'The export', schema: exportSchema, mediaType: 'text/html' },
    },
    async handle({ shopId, params, accept }) {
      const data = await ask((database) => exportContact(database, shopId, params.id), LONG_WORK_MS)
      if (data === undefined) throw notFound()
      if (!prefersHtml(accept)) return { status: 200, json: data }
      const shop = await ask((database) => findShop(database, shopId))
      return {
        status: 200,
        content: renderExportHtml(data, data.contact.locale ?? shop?.locale ?? 'en'),
        mediaType: 'text/html; charset=utf-8',
        headers: PAGE_HEADERS,
      }
    },
  })
}
