import type { TrailEvent, TrailMessage, VerifiedApiKey } from '@postino/database'
import { authorize, notFound, ProblemError, PROBLEMS, type KeyCheck } from '@postino/http'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { eventAnswer, messageAnswer } from './trail-answers.ts'

export interface ReadTrailsDependencies {
  checkKey: KeyCheck<VerifiedApiKey>
  listEventTrails: (shopId: string, event: { eventId: string; source?: string }) => Promise<TrailEvent[]>
  findMessageTrail: (shopId: string, messageId: string) => Promise<TrailMessage | undefined>
}

const MAX_BIGINT = 2n ** 63n - 1n

const params = z.object({ id: z.string() })
const query = z.strictObject({
  source: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[^\0]*$/)
    .optional(),
})

/** `GET /v1/events/:id`: a list, as several sources may have used the same id. */
export function createGetEvent({ checkKey, listEventTrails }: ReadTrailsDependencies) {
  return async function getEvent(request: FastifyRequest): Promise<object> {
    const { shopId } = await authorize(checkKey, request, 'events:read')
    const { id: eventId } = params.parse(request.params)
    const { source } = readQuery(request.query)
    // Postgres has no text with this character, and so no such event.
    if (eventId.includes('\0')) throw notFound()
    const events = await listEventTrails(shopId, source === undefined ? { eventId } : { eventId, source })
    if (events.length === 0) throw notFound()
    return { events: events.map(eventAnswer) }
  }
}

/** `GET /v1/messages/:id`. */
export function createGetMessage({ checkKey, findMessageTrail }: ReadTrailsDependencies) {
  return async function getMessage(request: FastifyRequest): Promise<object> {
    const { shopId } = await authorize(checkKey, request, 'events:read')
    const { id } = params.parse(request.params)
    if (!/^[1-9]\d{0,18}$/.test(id) || BigInt(id) > MAX_BIGINT) throw notFound()
    const message = await findMessageTrail(shopId, id)
    if (message === undefined) throw notFound()
    return messageAnswer(message)
  }
}

function readQuery(given: unknown): z.infer<typeof query> {
  const { data, error } = query.safeParse(given)
  if (error === undefined) return data
  throw new ProblemError(PROBLEMS['invalid-parameter'], {
    detail: 'The only parameter is source: the source of the event, once.',
    errors: error.issues.map((issue) => ({ pointer: '', code: 'invalid_parameter', detail: issue.message })),
  })
}
