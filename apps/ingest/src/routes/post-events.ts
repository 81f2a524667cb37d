import { MAX_BATCH_BYTES, MAX_EVENT_BYTES } from '@postino/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Shares } from '../accept/shares.ts'
import { checkContentType, CLOUD_EVENT_TYPE } from '../body/content-type.ts'
import { readEvents } from '../body/read-events.ts'
import { authorize } from '../http/authorize.ts'
import { headerValues } from '../http/header-values.ts'
import { readBody } from '../http/read-body.ts'
import type { KeyCheck } from '../keys/create-key-check.ts'
import type { EventVerdict } from '../metrics.ts'
import { ProblemError } from '../problem/problem-error.ts'
import type { ProblemCode } from '../problem/problems.ts'
import { batchAnswer, singleAnswer } from './event-results.ts'
import { takeEvents, type TakeEventsDependencies } from './take-events.ts'

export interface PostEventsDependencies extends TakeEventsDependencies {
  checkKey: KeyCheck
  /** The memory that bodies hold, from their first byte to their answer. */
  bodyShares: Shares
  nowMs: () => number
}

/** How requests are counted that ended before their events could be told apart. */
const VERDICTS: Partial<Record<ProblemCode, EventVerdict>> = {
  'key-in-url': 'unauthorized',
  unauthorized: 'unauthorized',
  forbidden: 'unauthorized',
  'bad-request': 'invalid',
  'malformed-body': 'invalid',
  'too-large': 'invalid',
  'unsupported-media-type': 'invalid',
}

/** `POST /v1/events`: one event or a batch of them; 202 when they are durable. */
export function createPostEvents(dependencies: PostEventsDependencies) {
  const { checkKey, bodyShares, metrics, nowMs } = dependencies

  return async function postEvents(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    try {
      return await reply.code(202).send(await takeRequest(request))
    } catch (error) {
      const verdict = error instanceof ProblemError ? VERDICTS[error.code] : undefined
      if (verdict !== undefined) metrics.countEvent('http', 'unknown', verdict)
      throw error
    }
  }

  async function takeRequest(request: FastifyRequest): Promise<object> {
    const key = await authorize(checkKey, request, 'events:write')
    const type = checkContentType(request.headers)
    const body = await readBody({
      request: request.raw,
      shopId: key.shopId,
      limitBytes: type === CLOUD_EVENT_TYPE ? MAX_EVENT_BYTES : MAX_BATCH_BYTES,
      shares: bodyShares,
    })
    try {
      const read = await readEvents({ bytes: body.bytes, type, headers: headerValues(request.raw) }, nowMs())
      const results = await takeEvents(dependencies, key, read.events)
      return read.isBatch ? batchAnswer(results) : singleAnswer(results)
    } finally {
      body.release()
    }
  }
}
