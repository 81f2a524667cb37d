import type { VerifiedApiKey } from '@postino/database'
import {
  addResource,
  authorize,
  notFound,
  readJson,
  readQuery,
  type KeyCheck,
  type Shares,
} from '@postino/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { withUpload, type UploadLimits } from '../upload/with-upload.ts'
import type { Answer, Operation } from './operation.ts'
import { isRowId } from './row-id.ts'

export interface OperationDependencies {
  checkKey: KeyCheck<VerifiedApiKey>
  /** The memory that bodies hold while they are read. */
  bodyShares: Shares
  uploads: UploadLimits
}

const MAX_BODY_BYTES = 64 * 1024

const paramsSchema = z.record(z.string(), z.string())
const noQuery = z.strictObject({})

/** Serves every path with the operations there are on it. */
export function addOperations(
  app: FastifyInstance,
  operations: readonly Operation[],
  dependencies: OperationDependencies,
): void {
  for (const [path, ofPath] of Map.groupBy(operations, (operation) => operation.path)) {
    // A colon of the path's own is written twice for the router, which takes a single one for a parameter's.
    const url = path.replaceAll(':', '::').replaceAll(/\{(\w+)\}/g, ':$1')
    const handlers = ofPath.map((operation) => [operation.method, createHandler(operation, dependencies)])
    const takesFiles = ofPath.flatMap(({ method, upload }) => (upload === undefined ? [] : [method]))
    addResource(app, url, Object.fromEntries(handlers), { takesFiles })
  }
}

function createHandler(operation: Operation, dependencies: OperationDependencies) {
  const { checkKey, bodyShares: shares, uploads } = dependencies
  const {
    body: bodySchema,
    query: querySchema = noQuery,
    maxTextChars,
    scope,
    upload,
    words,
    handle,
  } = operation

  return async function handleRequest(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { id: keyId, shopId, scopes } = await authorize(checkKey, request, scope)
    const params = readPathParameters(request.params, words)
    const query = readQuery(querySchema, request.query)
    const reading = { request: request.raw, shopId, limitBytes: MAX_BODY_BYTES, maxTextChars, shares }
    const body = bodySchema === undefined ? undefined : await readJson(reading, bodySchema)
    const { id: requestId, headers } = request
    const { accept } = headers
    const answer = await withUpload(
      { request: request.raw, shopId, mediaType: upload, limits: uploads },
      (file) => handle({ shopId, keyId, scopes, accept, requestId, params, query, body, file }),
    )
    return send(reply, answer)
  }
}

function readPathParameters(given: unknown, words: Operation['words'] = {}): Record<string, string> {
  const params = paramsSchema.parse(given)
  const isKnown = ([name, text]: [string, string]) => words[name]?.includes(text) ?? isRowId(text)
  if (!Object.entries(params).every(isKnown)) throw notFound()
  return params
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  const { status } = answer
  if ('json' in answer) return reply.code(status).send(answer.json)
  if ('content' in answer) {
    const { mediaType, content, headers = {} } = answer
    return reply.code(status).headers(headers).type(mediaType).send(content)
  }
  return reply.code(status).send()
}
