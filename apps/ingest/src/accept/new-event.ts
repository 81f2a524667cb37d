import type { NewEvent } from '@postino/database'
import {
  collapseKeyOf,
  deadlineOf,
  fingerprintOf,
  KIND_RULES,
  recipientsOf,
  sequenceOf,
  stateOf,
  type ShopEvent,
} from '@postino/domain'

/** An event on its way in: parsed, and of a shop that is known to have sent it. */
export interface IncomingEvent {
  shopId: string
  receivedOver: 'http' | 'stream'
  apiKeyId?: string
  event: ShopEvent
}

/** The row of an event, and of one message for each person it is for. */
export function newEvent({ event, ...incoming }: IncomingEvent): NewEvent {
  const { purpose, lane } = KIND_RULES[event.type]
  const about = {
    state: stateOf(event),
    purpose,
    lane,
    collapseKey: collapseKeyOf(event),
    sequence: sequenceOf(event),
    deadlineAt: deadlineOf(event),
  }
  return {
    ...incoming,
    source: event.source,
    eventId: event.id,
    kind: event.type,
    body: event,
    fingerprint: fingerprintOf(event),
    messages: recipientsOf(event).map(({ role, person }) => ({
      recipient: person.external_id,
      role,
      ...about,
    })),
  }
}
