import type { EventKind } from '../kind.ts'
import { ACTIVITY_ACKNOWLEDGED_DATA, ACTIVITY_DUE_DATA, ACTIVITY_STATUS_CHANGED_DATA } from './activity.ts'
import { CART_ABANDONED_DATA } from './cart.ts'
import { FILE_ACCESSED_DATA, FILE_UPLOADED_DATA } from './file.ts'
import { MESSAGE_CREATED_DATA, MESSAGE_READ_DATA } from './message.ts'
import { ORDER_STATUS_CHANGED_DATA } from './order.ts'

/** A CloudEvent in its structured form, as a shop sends it. */
export interface ExampleEvent<Kind extends EventKind = EventKind> {
  specversion: '1.0'
  id: string
  source: string
  type: Kind
  time: string
  data: Record<string, unknown>
}

/** One realistic event of each kind, from a pottery in Faenza; for tests, documentation and the demo. */
export const EXAMPLES: { [Kind in EventKind]: ExampleEvent<Kind> } = {
  'order.status_changed': example('order.status_changed', ORDER_STATUS_CHANGED_DATA),
  'cart.abandoned': example('cart.abandoned', CART_ABANDONED_DATA),
  'message.created': example('message.created', MESSAGE_CREATED_DATA),
  'message.read': example('message.read', MESSAGE_READ_DATA),
  'activity.status_changed': example('activity.status_changed', ACTIVITY_STATUS_CHANGED_DATA),
  'activity.acknowledged': example('activity.acknowledged', ACTIVITY_ACKNOWLEDGED_DATA),
  'activity.due': example('activity.due', ACTIVITY_DUE_DATA),
  'file.uploaded': example('file.uploaded', FILE_UPLOADED_DATA),
  'file.accessed': example('file.accessed', FILE_ACCESSED_DATA),
}

function example<Kind extends EventKind>(type: Kind, data: Record<string, unknown>): ExampleEvent<Kind> {
  return {
    specversion: '1.0',
    id: `example-${type}`,
    source: 'https://bottega-faenza.example',
    type,
    time: '2025-11-20T16:05:00+01:00',
    data,
  }
}
