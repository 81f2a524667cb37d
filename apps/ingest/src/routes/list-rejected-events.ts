import type { KeptRejection, VerifiedApiKey } from '@postino/database'
import { authorize, PAGE_PARAMETERS, pageOf, readQuery, type KeyCheck } from '@postino/http'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

export interface ListRejectedEventsDependencies {
  checkKey: KeyCheck<VerifiedApiKey>
  listRejectedEvents: (
    shopId: string,
    filter: { eventId?: string | undefined; before?: string | undefined; limit: number },
  ) => Promise<KeptRejection[]>
}

export const REJECTED_PARAMETERS = {
  event_id: z
    .string()
    .min(1)
    .max(128)
    .meta({ description: 'Only those of an event with this id' })
    .optional(),
  ...PAGE_PARAMETERS,
}

const query = z.strictObject(REJECTED_PARAMETERS)

/** `GET /v1/rejected-events`: what came over the stream and was not taken, the newest first. */
export function createListRejectedEvents({ checkKey, listRejectedEvents }: ListRejectedEventsDependencies) {
  return async function getRejectedEvents(request: FastifyRequest): Promise<object> {
    const { shopId } = await authorize(checkKey, request, 'events:read')
    const given = readQuery(query, request.query)
    const page = pageOf({ list: 'rejected-events', shopId, query: given })
    const rows = await listRejectedEvents(shopId, {
      eventId: given.event_id,
      before: page.after,
      limit: page.rows,
    })
    return page.answer(rows, { item: rejectedEventAnswer, position: ({ id }) => id })
  }
}

function rejectedEventAnswer(rejection: KeptRejection): object {
  const { entryId, eventId, source, kind } = rejection
  return {
    id: rejection.id,
    ...(eventId !== null && { event_id: eventId }),
    ...(source !== null && { source }),
    ...(kind !== null && { type: kind }),
    received_over: rejection.receivedOver,
    ...(entryId !== null && { entry_id: entryId }),
    rejected_at: rejection.rejectedAt,
    errors: rejection.issues,
  }
}
