import { z } from 'zod'
import { EXAMPLES } from '../examples/examples.ts'
import { ORDER_STATUS_CHANGED_DATA } from '../examples/order.ts'
import type { EventKind } from '../kind.ts'
import { activityParts } from './activity.ts'
import { cartParts } from './cart.ts'
import { fileAccessedParts, fileUploadedParts } from './file.ts'
import { MAX_RECIPIENTS } from './limits.ts'
import { messageCreatedParts, messageReadParts } from './message.ts'
import { orderParts } from './order.ts'
import { personSchema } from './person.ts'

const commonParts = {
  to: z
    .array(personSchema)
    .min(1)
    .max(MAX_RECIPIENTS)
    .meta({ description: 'Who is told, instead of the person the kind names' })
    .optional(),
  extra: z
    .record(z.string(), z.unknown())
    .meta({
      description: 'Whatever else the shop’s texts want to say: any JSON object',
      examples: [ORDER_STATUS_CHANGED_DATA.extra],
    })
    .optional(),
}

/** What each kind carries in `data`. Unknown fields are refused everywhere but in `data.extra`. */
export const EVENT_DATA_SCHEMAS = {
  'order.status_changed': dataSchema('order.status_changed', orderParts),
  'cart.abandoned': dataSchema('cart.abandoned', cartParts),
  'message.created': dataSchema('message.created', messageCreatedParts),
  'message.read': dataSchema('message.read', messageReadParts),
  'activity.status_changed': dataSchema('activity.status_changed', activityParts),
  'activity.acknowledged': dataSchema('activity.acknowledged', activityParts),
  'activity.due': dataSchema('activity.due', activityParts),
  'file.uploaded': dataSchema('file.uploaded', fileUploadedParts),
  'file.accessed': dataSchema('file.accessed', fileAccessedParts),
} as const satisfies Record<EventKind, z.ZodType>

/** `OrderStatusChanged` for `order.status_changed`: names the schemas of a kind in OpenAPI. */
export function schemaName(kind: EventKind): string {
  return kind.replace(/(?:^|[._])([a-z])/g, (_match, letter: string) => letter.toUpperCase())
}

function dataSchema<Parts extends z.ZodRawShape>(kind: EventKind, parts: Parts) {
  return z.strictObject({ ...parts, ...commonParts }).meta({
    id: `${schemaName(kind)}Data`,
    description: `What ${kind} carries`,
    examples: [EXAMPLES[kind].data],
  })
}
