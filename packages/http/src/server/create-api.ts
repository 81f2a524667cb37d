import { randomUUID } from 'node:crypto'
import type { Logger } from '@postino/runtime'
import fastify, { type FastifyInstance } from 'fastify'
import { addReference } from '../openapi/add-reference.ts'
import { ProblemError, type ProblemKind } from '../problem/problem-error.ts'
import { addProblemPages } from '../problem/problem-pages.ts'
import { PROBLEMS } from '../problem/problems.ts'
import { notFound } from '../problem/refusals.ts'
import { addResource, knowAllMethods } from './add-resource.ts'
import { answerClientError, refuseExpectations } from './client-errors.ts'
import { createErrorHandler } from './handle-errors.ts'
import { limitRequestTime } from './limit-request-time.ts'
import { reportRequests, type RequestMetrics } from './report-requests.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

export interface TimeLimits {
  headersMs: number
  /** For a request to arrive. */
  requestMs: number
  /** The same where it has a file; without it none has. */
  fileMs?: number
  /** How often they are looked at. */
  checkMs: number
}

export interface ApiDependencies {
  /** What `/` says it is, and the title of the reference. */
  name: string
  /** The OpenAPI document, served at /openapi.json and, for people, at /docs. */
  document: object
  /** All kinds its requests can end with; each has a page. */
  problems: readonly ProblemKind[]
  /** Of the bodies that are read anywhere in it. */
  mediaTypes: readonly string[]
  logger: Logger
  metrics: RequestMetrics
  timeLimits?: Partial<TimeLimits>
}

/** For clients that send slowly, or not at all. 4 MiB take 30 s on a line of 1.1 Mbit/s. */
const TIME_LIMITS: TimeLimits = { headersMs: 10_000, requestMs: 30_000, checkMs: 1_000 }
/** Longer than the 60 s after which usual load balancers drop an idle connection: they must be first. */
const KEEP_ALIVE_MS = 72_000
/** An event id of 128 characters, percent-encoded. */
const MAX_PARAM_CHARS = 128 * 12

/** Half of what a stopping service has by default. */
const DRAIN_MS = 10_000

/** An HTTP server that has everything but the resources it is for; not yet listening. */
export async function createApi(dependencies: ApiDependencies): Promise<FastifyInstance> {
  const { name, document, problems, logger, mediaTypes } = dependencies
  const { headersMs, requestMs, fileMs, checkMs } = { ...TIME_LIMITS, ...dependencies.timeLimits }
  const handleError = createErrorHandler(logger, mediaTypes)
  const app = fastify({
    http: { headersTimeout: headersMs, connectionsCheckingInterval: checkMs, requireHostHeader: false },
    requestTimeout: fileMs ?? requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: MAX_PARAM_CHARS },
    genReqId: () => randomUUID(),
    clientErrorHandler: answerClientError,
    frameworkErrors: handleError,
    // Requests on open connections are served to the end; the closing server takes no new connection.
    return503OnClosing: false,
  })
  refuseExpectations(app.server)
  knowAllMethods(app)
  // Bodies are read byte by byte where they are wanted, and nowhere else.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.setErrorHandler(handleError)
  app.setNotFoundHandler(() => {
    throw notFound()
  })
  reportRequests(app, dependencies)
  dropLaggards(app)
  if (fileMs !== undefined) limitRequestTime(app, requestMs)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, 'x-request-id': request.id })
    // Asked here and not by Node, whose refusal has no body.
    if (request.raw.httpVersion === '1.1' && request.headers.host === undefined) throw noHost()
  })
  addResource(app, '/', {
    GET: () => Promise.resolve({ name, reference: '/docs', openapi: '/openapi.json' }),
  })
  addProblemPages(app, problems)
  await addReference(app, { title: `${name} API`, document })
  return app
}

function noHost(): ProblemError {
  return new ProblemError(PROBLEMS['bad-request'], {
    detail: 'HTTP/1.1 needs a host header.',
    headers: { connection: 'close' },
  })
}

/** A closing server serves the requests it has; a client that still dawdles over its body then is cut off. */
function dropLaggards(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), DRAIN_MS).unref()
  })
}
