/** One event for each place in an order in which they are numbered: round by round, in a round chat by chat, to a chat shop by shop. */
export interface Place {
  shop: number
  /** From 1. */
  chat: number
  /** From 1; the message says it, as the number of its order. */
  round: number
}

/** Where the customer of a chat is registered: the contact of that shop. */
export function externalIdOf(chat: number | ''): string {
  return `customer-${chat}`
}

/** Finds the round in a text. */
export const NUMBER = /2026\/(\d+)/

/**
 * An order that has left, as shops report it: some 800 bytes in all. Each event is about an order of its own, since news of one
 * order take each other's place.
 *
 * @param run tells events of one run from those of another
 */
export function orderEvent(run: string, { shop, chat, round }: Place): string {
  const order = `${run}-${shop}-${chat}-${round}`
  return (
    `{"specversion":"1.0","id":"${order}","source":"https://bottega-faenza.example","type":"order.status_changed",` +
    `"time":"2026-11-20T16:05:00+01:00","data":{"order":{"id":"${order}","number":"2026/${round}","status":"shipped",` +
    `"previous_status":"processing","total":{"amount":"136.70","currency":"EUR"},"url":"https://bottega-faenza.example/o/${order}",` +
    '"items":[{"name":"Piatto fondo","qty":4,"price":{"amount":"24.50","currency":"EUR"}}],"placed_at":"2026-11-18T18:42:10+01:00",' +
    `"updated_at":"2026-11-20T16:05:00+01:00"},"customer":{"external_id":"${externalIdOf(chat)}","name":{"first":"Giulia"}},` +
    `"delivery":{"carrier":"Corriere Adriatico","tracking_number":"CA${order}"}}}`
  )
}
