import type { NewEvent } from '@postino/database'
import {
  canonicalJson,
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
  /** Its canonical JSON, when reading it has made that. */
  json?: string | undefined
}

/** The row of an event, and of one message for each person it is for. */
export function newEvent({ shopId, receivedOver, apiKeyId, event, ...incoming }: IncomingEvent): NewEvent {
  const { purpose, lane } = KIND_RULES[event.type]
  const json = incoming.json ?? canonicalJson(event)
  const about = {
    state: stateOf(event),
    purpose,
    lane,
    collapseKey: collapseKeyOf(event),
    sequence: sequenceOf(event),
    deadlineAt: deadlineOf(event),
  }
  return {
    shopId,
    receivedOver,
    ...(apiKeyId === undefined ? {} : { apiKeyId }),
    source: event.source,
    eventId: event.id,
    kind: event.type,
    body: json,
    fingerprint: fingerprintOf(event, json),
    messages: recipientsOf(event).map(({ role, person }) => ({
      recipient: person.external_id,
      role,
      ...about,
    })),
  }
}
