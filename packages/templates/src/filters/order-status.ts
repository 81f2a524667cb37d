import type { Filter } from './filter.ts'
import { textFilter } from './filter.ts'
import { ORDER_STATUS_LABELS } from './order-status-labels.ts'

/**
 * `{{ order.status | order_status }}`: what people call the state, in the languages of the starter texts (English for any
 * other). States of the shop's own are shown as they are.
 */
export const orderStatus: Filter = textFilter((status, { region }) => {
  const labels = ORDER_STATUS_LABELS.get(region.language) ?? ORDER_STATUS_LABELS.get('en')
  return labels?.get(status) ?? status
})
