import type { EventKind } from '../kind.ts'
import { GIULIA, JAMES, MARTA, OLENA, TARAS } from './people.ts'

/** Who is told about the example of each kind. */
export const EXAMPLE_READERS = {
  'order.status_changed': GIULIA,
  'cart.abandoned': JAMES,
  'message.created': OLENA,
  'message.read': MARTA,
  'activity.status_changed': GIULIA,
  'activity.acknowledged': JAMES,
  'activity.due': TARAS,
  'file.uploaded': MARTA,
  'file.accessed': MARTA,
} as const satisfies Record<EventKind, unknown>
