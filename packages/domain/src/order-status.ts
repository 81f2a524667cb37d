/**
 * The order states Postino knows by name: templates and adapters speak these. The list is open: a shop may report
 * states of its own, 1 to 64 characters, which are shown as they are.
 */
export const ORDER_STATUSES = [
  'pending_payment',
  'on_hold',
  'paid',
  'processing',
  'partially_shipped',
  'shipped',
  'in_transit',
  'out_for_delivery',
  'ready_for_pickup',
  'delivery_failed',
  'delivered',
  'completed',
  'cancelled',
  'refunded',
  'partially_refunded',
  'returned',
  'failed',
] as const

export type OrderStatus = (typeof ORDER_STATUSES)[number]
