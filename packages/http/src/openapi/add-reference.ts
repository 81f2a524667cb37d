import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { addResource } from '../server/add-resource.ts'

/** The page loads its own scripts and pictures, asks this server alone, and cannot be framed. */
const PAGE_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

const EMPTY_DOCUMENT = { openapi: '3.0.0', info: { title: '', version: '' }, paths: {} }

/** Serves the OpenAPI document at /openapi.json, and a page to read and try it at /docs. */
export async function addReference(
  app: FastifyInstance,
  { title, document }: { title: string; document: object },
): Promise<void> {
  addResource(app, '/openapi.json', {
    GET: (_request, reply) => reply.type('application/json').send(document),
  })
  // The page's plugin asks this one for the document, in types that know OpenAPI 3.0 alone; so the page gets ours by
  // its own way.
  await app.register(swagger, { mode: 'static', specification: { document: EMPTY_DOCUMENT } })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    transformSpecification: () => document,
    transformSpecificationClone: false,
    theme: { title },
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', defaultModelsExpandDepth: 0 },
  })
}
