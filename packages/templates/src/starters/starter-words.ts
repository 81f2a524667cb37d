import type { EventKind, OrderStatus } from '@postino/domain'

/** The states most shops tell about. `''` is the text for every other one, also for states of a shop's own. */
export type OrderTextState =
  | ''
  | Extract<
      OrderStatus,
      | 'pending_payment'
      | 'paid'
      | 'processing'
      | 'shipped'
      | 'out_for_delivery'
      | 'ready_for_pickup'
      | 'delivery_failed'
      | 'delivered'
      | 'cancelled'
      | 'refunded'
      | 'partially_refunded'
      | 'returned'
    >

export type OtherKind = Exclude<EventKind, 'order.status_changed'>

/** What the starter texts say in one language. Everything here is template source. */
export interface StarterWords {
  buttons: Record<'order' | 'track' | 'pay' | 'pickup' | 'cart' | 'message' | 'activity' | 'file', string>
  /** What stands before a value on a line of its own, colon included: `Corriere:`. */
  labels: Record<
    | 'total'
    | 'payment'
    | 'refund'
    | 'expected'
    | 'carrier'
    | 'trackingNumber'
    | 'questions'
    | 'discountCode'
    | 'readAt'
    | 'changedBy'
    | 'dueAt'
    | 'folder',
    string
  > &
    // Where no first line can say who did it without knowing whether it was a woman or a man.
    Partial<Record<'reader' | 'uploader' | 'visitor', string>>
  /** The first lines: what happened, and to which order. A locked phone shows them, so no amounts and no addresses. */
  orders: Record<OrderTextState, string>
  others: Record<OtherKind, string>
  /** What follows the values of some states. */
  sentences: Record<'pending_payment' | 'paid' | 'delivered' | 'refunded', string>
  /** Ends the list of a cart of more than three things. */
  cartInAll: string
  /** The way out of the reminders of carts; `/settings` is a command of every bot. */
  noMoreReminders: string
  /** Between a first line and the subject of a message: `: `, and in French with a blank before it. */
  colon: string
  /** Around the time of a day: `domani, 18:00`, `demain à 18:00`, `morgen, 18:00 Uhr`. */
  clock: { before: string; after: string }
}
