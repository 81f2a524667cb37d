import type { FastifyInstance } from 'fastify'
import { addResource } from '../http/add-resource.ts'
import { PROBLEMS } from '../problem/problems.ts'

/** Lets the `type` of a problem be opened. */
export function addProblemPages(app: FastifyInstance): void {
  for (const [code, { status, title }] of Object.entries(PROBLEMS)) {
    const type = `/problems/${code}`
    addResource(app, type, { GET: async () => ({ type, status, title, reference: '/docs' }) })
  }
}
