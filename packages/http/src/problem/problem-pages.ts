import type { FastifyInstance } from 'fastify'
import { addResource } from '../server/add-resource.ts'
import type { ProblemKind } from './problem-error.ts'

/** Lets the `type` of a problem be opened. */
export function addProblemPages(app: FastifyInstance, kinds: readonly ProblemKind[]): void {
  for (const { code, status, title } of kinds) {
    const type = `/problems/${code}`
    addResource(app, type, { GET: async () => ({ type, status, title, reference: '/docs' }) })
  }
}
