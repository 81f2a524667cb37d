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
  type EventKind,
  type ShopEvent,
} from '@postino/domain'

/** Where an event came from: a shop that is known to have sent it. */
export type EventOrigin = Pick<NewEvent, 'shopId' | 'receivedOver' | 'apiKeyId'>

/** An event on its way in, as the row it is to be: a dozen texts to hold until that is written, and not a tree of objects. */
export interface IncomingEvent extends NewEvent {
  kind: EventKind
}

export interface SentEvent extends EventOrigin {
  event: ShopEvent
  /** Its canonical JSON, when reading it has made that. */
  json?: string
}

/** The row of an event, and of one message for each person it is for. */
export function newEvent({ event, json = canonicalJson(event), ...origin }: SentEvent): IncomingEvent {
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
    ...origin,
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
