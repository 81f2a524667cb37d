import { z } from 'zod'
import { FULL_ITEM, ORDER_STATUS_CHANGED_DATA } from '../examples/order.ts'
import { ORDER_STATUSES } from '../order-status.ts'
import { id, state, text, time, url } from './formats.ts'
import { MAX_ITEMS } from './limits.ts'
import { moneySchema } from './money.ts'
import { personSchema } from './person.ts'

const EXAMPLE = ORDER_STATUS_CHANGED_DATA

const itemSchema = z
  .strictObject({
    name: text.meta({ description: 'What was bought, as the shop calls it' }),
    qty: z.number().min(0).max(1_000_000_000).meta({ description: 'How many, or how much' }),
    price: moneySchema.meta({ description: 'The price of one', examples: [FULL_ITEM.price] }).optional(),
    image_url: url
      .meta({ description: 'The address of a picture of it', examples: [FULL_ITEM.image_url] })
      .optional(),
    url: url
      .meta({ description: 'The address of its page in the shop', examples: [FULL_ITEM.url] })
      .optional(),
  })
  .meta({ id: 'Item', description: 'A line of an order or a cart', examples: EXAMPLE.order.items })

export const itemsSchema = z.array(itemSchema).max(MAX_ITEMS)

const orderSchema = z
  .strictObject({
    id: id.meta({
      description: 'The id of the order in the shop’s system; messages about one order belong together',
    }),
    number: text.meta({ description: 'The order’s number, as the customer knows it' }),
    status: state.meta({
      description: 'The state the order is in now: one of Postino’s, or one of the shop’s own',
      examples: [...ORDER_STATUSES],
    }),
    previous_status: state
      .meta({ description: 'The state it was in before', examples: [...ORDER_STATUSES] })
      .optional(),
    total: moneySchema.meta({ description: 'What the customer pays' }),
    url: url.meta({ description: 'The address of the order’s page in the customer area' }).optional(),
    items: itemsSchema.meta({ description: 'What was ordered' }),
    placed_at: time.meta({ description: 'When it was ordered' }),
    updated_at: time.meta({ description: 'When it entered this state' }),
    sequence: z
      .union([z.int().min(0), id])
      .meta({
        description: 'Rises with each state of the order; the attribute of the same name goes before it',
      })
      .optional(),
  })
  .meta({ id: 'Order', description: 'An order as it is now', examples: [EXAMPLE.order] })

const deliverySchema = z
  .strictObject({
    carrier: text.meta({ description: 'Who brings it' }).optional(),
    tracking_number: text.meta({ description: 'The carrier’s number for the parcel' }).optional(),
    tracking_url: url.meta({ description: 'The address where the parcel can be followed' }).optional(),
    address: text
      .meta({
        description: 'Where it goes, or where it waits to be collected',
        examples: ['Via Pistocchi 18, 48018 Faenza'],
      })
      .optional(),
    eta_from: time.meta({ description: 'Expected at the earliest' }).optional(),
    eta_until: time.meta({ description: 'Expected at the latest' }).optional(),
  })
  .meta({ id: 'Delivery', description: 'How the order reaches the customer', examples: [EXAMPLE.delivery] })

const paymentSchema = z
  .strictObject({
    method: text.meta({ description: 'How it is paid, in the words the customer knows' }),
    url: url
      .meta({
        description: 'The address where it can be paid',
        examples: ['https://bottega-faenza.example/ordini/2025-1143/pagamento'],
      })
      .optional(),
  })
  .meta({ id: 'Payment', description: 'How the order is paid', examples: [EXAMPLE.payment] })

/** The parts of `order.status_changed`, without what all kinds have. */
export const orderParts = {
  order: orderSchema,
  customer: personSchema.meta({ description: 'Whose order it is' }),
  delivery: deliverySchema.optional(),
  payment: paymentSchema.optional(),
  refund: moneySchema.meta({ description: 'What the customer gets back' }).optional(),
  note: text.meta({ description: 'A word from the shop about this order' }).optional(),
}
