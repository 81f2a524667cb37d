import {
  findOptinLink,
  listOptinLinks,
  revokeOptinLink,
  type Database,
  type FoundOptinLink,
} from '@postino/database'
import { notFound, pageOf } from '@postino/http'
import { qrPng, qrSvg, startLink } from '@postino/invitation'
import { operation, type Operation } from '../../operation/operation.ts'
import { conflict, CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { createLink } from './create-link.ts'
import { linkInputSchema, linkListSchema, linkQuerySchema, linkSchema, newLinkSchema } from './schema.ts'

export function optinLinkOperations(dependencies: RouteDependencies): Operation[] {
  return [
    listOperation(dependencies),
    createOperation(dependencies),
    getOperation(dependencies),
    revokeOperation(dependencies),
  ]
}

function listOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'GET',
    path: '/v1/optin-links',
    operationId: 'listOptinLinks',
    tag: 'Opt-in',
    summary: 'List the links',
    description: 'The youngest first. None of them shows its address again.',
    scope: 'contacts:read',
    query: linkQuerySchema,
    answers: { 200: { description: 'A page of links', schema: linkListSchema } },
    async handle({ shopId, query }) {
      const page = pageOf({ list: 'optin-links', shopId, query })
      const { status, contact: contactId, group: groupId, bot: botId, source } = query
      const filter = { status, contactId, groupId, botId, source, before: page.after, limit: page.rows }
      const rows = await ask((database) => listOptinLinks(database, shopId, filter))
      return { status: 200, json: page.answer(rows, { item: showLink, position: ({ id }) => id }) }
    },
  })
}

function createOperation({ ask, config }: RouteDependencies): Operation {
  return operation({
    method: 'POST',
    path: '/v1/optin-links',
    operationId: 'createOptinLink',
    tag: 'Opt-in',
    summary: 'Make a link that brings somebody to the bot',
    description:
      'It binds the chat of whoever presses START in it, once. Binding is no consent: the bot then asks for the purposes, one a line, nothing ticked.',
    scope: 'contacts:write',
    body: linkInputSchema,
    answers: { 201: { description: 'The link, with its address', schema: newLinkSchema } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, body, requestId }) {
      const { slug, token, link } = await ask((database) => createLink(database, shopId, { body, requestId }))
      const url = startLink(link.botUsername, token)
      const pages = config.botPublicUrl?.replace(/\/$/, '')
      return {
        status: 201,
        json: {
          ...showLink(link),
          url,
          page_url: pages && `${pages}/o/${slug}/${token}`,
          qr: body.qr ? await drawCodes(url) : undefined,
        },
      }
    },
  })
}

function getOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'GET',
    path: '/v1/optin-links/{id}',
    operationId: 'getOptinLink',
    tag: 'Opt-in',
    summary: 'See how a link stands',
    description: 'Whether it is still open, and to which registration it led.',
    scope: 'contacts:read',
    answers: { 200: { description: 'The link, without its address', schema: linkSchema } },
    async handle({ shopId, params }) {
      return { status: 200, json: showLink(await ask((database) => getLink(database, shopId, params.id))) }
    },
  })
}

function revokeOperation({ ask }: RouteDependencies): Operation {
  return operation({
    method: 'DELETE',
    path: '/v1/optin-links/{id}',
    operationId: 'revokeOptinLink',
    tag: 'Opt-in',
    summary: 'Take a link back',
    description: 'It binds nobody any more. Of a link that was used revoke the registration instead.',
    scope: 'contacts:write',
    answers: { 200: { description: 'The revoked link', schema: linkSchema } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params }) {
      const outcome = await ask((database) => revokeOptinLink(database, shopId, params.id))
      if (outcome === undefined) throw notFound()
      const link = await ask((database) => getLink(database, shopId, params.id))
      if (outcome === 'used') {
        const registration = link.registrationId ?? ''
        throw conflict(`The link was used; revoke the registration ${registration} that it led to.`)
      }
      return { status: 200, json: showLink(link) }
    },
  })
}

async function drawCodes(url: string): Promise<object> {
  const [svg, png] = await Promise.all([qrSvg(url), qrPng(url)])
  return { svg, png: png.toString('base64') }
}

async function getLink(database: Database, shopId: string, id: string): Promise<FoundOptinLink> {
  const link = await findOptinLink(database, shopId, { id })
  if (link === undefined) throw notFound()
  return link
}

function showLink(link: FoundOptinLink): object {
  return {
    id: link.id,
    status: link.status,
    bot: link.botUsername,
    contact_id: link.contactId ?? undefined,
    external_id: link.externalId ?? undefined,
    email: link.email ?? undefined,
    purposes: link.purposes,
    group: link.groupKeyword ?? undefined,
    source: link.source,
    locale: link.locale ?? undefined,
    makes_tester: link.makesTester,
    registration_id: link.registrationId ?? undefined,
    created_at: link.createdAt,
    expires_at: link.expiresAt,
    used_at: link.usedAt ?? undefined,
    revoked_at: link.revokedAt ?? undefined,
  }
}
