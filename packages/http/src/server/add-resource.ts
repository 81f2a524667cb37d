import { METHODS } from 'node:http'
import type { FastifyInstance, RouteHandlerMethod } from 'fastify'
import { ProblemError } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'

/** Lets the router know every method Node's parser does, so that an unsuited one is a 405 and not a 404. */
export function knowAllMethods(app: FastifyInstance): void {
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method)
  }
}

export type ResourceMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Serves a resource: its methods, HEAD beside GET, OPTIONS, and 405 for the others. `takesFiles` are the methods whose
 * bodies may take as long to arrive as a file.
 */
export function addResource(
  app: FastifyInstance,
  url: string,
  handlers: Partial<Record<ResourceMethod, RouteHandlerMethod>>,
  { takesFiles = [] }: { takesFiles?: readonly string[] } = {},
): void {
  const methods = Object.keys(handlers)
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
  const allow = allowed.join(', ')
  for (const [method, handler] of Object.entries(handlers)) {
    app.route({ method, url, handler, config: { takesFiles: takesFiles.includes(method) } })
  }
  app.options(url, (_request, reply) => reply.code(204).header('allow', allow).send())
  app.route({
    method: app.supportedMethods.filter((method) => !allowed.includes(method)),
    url,
    handler: (request) => {
      throw new ProblemError(PROBLEMS['method-not-allowed'], {
        detail: `${request.method} is not known here; ${allow} are.`,
        headers: { allow },
      })
    },
  })
}
