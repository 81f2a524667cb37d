import { z } from 'zod'
import { CART_ABANDONED_DATA } from '../examples/cart.ts'
import { id, text, time, url } from './formats.ts'
import { moneySchema } from './money.ts'
import { itemsSchema } from './order.ts'
import { personSchema } from './person.ts'

const cartSchema = z
  .strictObject({
    id: id.meta({ description: 'The id of the cart in the shop’s system' }),
    token: id
      .meta({ description: 'What the cart is called in its addresses', examples: ['c-8fq2xw'] })
      .optional(),
    total: moneySchema.meta({ description: 'What it would cost' }),
    items: itemsSchema.meta({ description: 'What lies in it' }),
    recovery_url: url.meta({ description: 'The address that leads back to the cart' }),
    abandoned_at: time.meta({ description: 'When the shop took it for abandoned' }),
    updated_at: time.meta({ description: 'When the customer last changed it' }),
  })
  .meta({ id: 'Cart', description: 'A cart that was left behind', examples: [CART_ABANDONED_DATA.cart] })

/** The parts of `cart.abandoned`, without what all kinds have. */
export const cartParts = {
  cart: cartSchema,
  customer: personSchema.meta({ description: 'Whose cart it is' }),
  discount_code: text.meta({ description: 'A code the customer may use' }).optional(),
}
