import type { VerifiedApiKey } from '@postino/database'
import { MAX_BATCH_BYTES, MAX_EVENT_BYTES } from '@postino/domain'
import {
  authorize,
  checkContentType,
  ProblemError,
  PROBLEMS,
  readBody,
  type KeyCheck,
  type ProblemKind,
  type Shares,
} from '@postino/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CLOUD_EVENT_TYPE, EVENT_MEDIA_TYPES } from '../body/event-media-types.ts'
import { headerValues } from '../body/header-values.ts'
import { readEvents, SIZE_HINT } from '../body/read-events.ts'
import type { EventVerdict } from '../metrics.ts'
import { batchAnswer, singleAnswer } from './event-results.ts'
import { takeEvents, type TakeEventsDependencies } from './take-events.ts'

export interface PostEventsDependencies extends TakeEventsDependencies {
  checkKey: KeyCheck<VerifiedApiKey>
  /** The memory that bodies hold, from their first byte to their answer. */
  bodyShares: Shares
  nowMs: () => number
}

/** How requests are counted that ended before their events could be told apart. */
const VERDICTS: ReadonlyMap<ProblemKind, EventVerdict> = new Map([
  [PROBLEMS['key-in-url'], 'unauthorized'],
  [PROBLEMS.unauthorized, 'unauthorized'],
  [PROBLEMS.forbidden, 'unauthorized'],
  [PROBLEMS['bad-request'], 'invalid'],
  [PROBLEMS['malformed-body'], 'invalid'],
  [PROBLEMS['too-large'], 'invalid'],
  [PROBLEMS['unsupported-media-type'], 'invalid'],
])

/** `POST /v1/events`: one event or a batch of them; 202 when they are durable. */
export function createPostEvents(dependencies: PostEventsDependencies) {
  const { checkKey, bodyShares, metrics, nowMs } = dependencies

  return async function postEvents(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    try {
      return await reply.code(202).send(await takeRequest(request))
    } catch (error) {
      const verdict = error instanceof ProblemError ? VERDICTS.get(error.kind) : undefined
      if (verdict !== undefined) metrics.countEvent('http', 'unknown', verdict)
      throw error
    }
  }

  async function takeRequest(request: FastifyRequest): Promise<object> {
    const key = await authorize(checkKey, request, 'events:write')
    const type = checkContentType(request.headers, EVENT_MEDIA_TYPES)
    const body = await readBody({
      request: request.raw,
      shopId: key.shopId,
      limitBytes: type === CLOUD_EVENT_TYPE ? MAX_EVENT_BYTES : MAX_BATCH_BYTES,
      sizeHint: SIZE_HINT,
      shares: bodyShares,
    })
    try {
      const { shopId, id: apiKeyId } = key
      const reading = { origin: { shopId, receivedOver: 'http', apiKeyId }, nowMs: nowMs() } as const
      const read = await readEvents({ bytes: body.bytes, type, headers: headerValues(request.raw) }, reading)
      const results = await takeEvents(dependencies, shopId, read.events)
      return read.isBatch ? batchAnswer(results) : singleAnswer(results)
    } finally {
      body.release()
    }
  }
}
