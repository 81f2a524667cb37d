import type { ShopEvent } from './parse-event.ts'

/** The state that chooses among a kind's templates; empty where a kind has none. */
export function stateOf(event: ShopEvent): string {
  switch (event.type) {
    case 'order.status_changed':
      return event.data.order.status
    case 'activity.status_changed':
    case 'activity.acknowledged':
    case 'activity.due':
      return event.data.activity.status
    case 'file.accessed':
      return event.data.action
    case 'cart.abandoned':
    case 'message.created':
    case 'message.read':
    case 'file.uploaded':
      return ''
  }
}

/**
 * Messages for one recipient with the same key are about the same thing, so that a newer one may take the place of one
 * still waiting. It is the event's `partitionkey`, or what the kind is about by nature. The kind goes first: an order
 * and a cart with the same id are two things. Blanks divide the parts, as ids have none.
 */
export function collapseKeyOf(event: ShopEvent): string {
  return [event.type, ...(event.partitionkey === undefined ? naturalKey(event) : [event.partitionkey])].join(
    ' ',
  )
}

function naturalKey(event: ShopEvent): string[] {
  switch (event.type) {
    case 'order.status_changed':
      return [event.data.order.id]
    case 'cart.abandoned':
      return [event.data.cart.id]
    case 'message.created':
    case 'message.read':
      return [event.data.message.id]
    case 'activity.status_changed':
    case 'activity.acknowledged':
    case 'activity.due':
      return [event.data.activity.id]
    case 'file.uploaded':
      return [event.data.file.id]
    case 'file.accessed':
      // Another reader, or another act, is another piece of news.
      return [event.data.file.id, event.data.action, event.data.actor.external_id]
  }
}

/** What orders the events about one thing: the attribute, or else the order's own. Undefined when the shop gives none. */
export function sequenceOf(event: ShopEvent): string | undefined {
  if (event.sequence !== undefined || event.type !== 'order.status_changed') return event.sequence
  const { sequence } = event.data.order
  return sequence === undefined ? undefined : String(sequence)
}

/** RFC 3339 in UTC; nobody is told after it. */
export function deadlineOf(event: ShopEvent): string | undefined {
  return event.expirytime
}
