import { JAMES } from './people.ts'

export const CART_ABANDONED_DATA = {
  cart: {
    id: 'cart-88c1',
    total: { amount: '58.00', currency: 'GBP' },
    items: [
      {
        name: 'Fruit bowl “Pavone”',
        qty: 1,
        price: { amount: '58.00', currency: 'GBP' },
        url: 'https://bottega-faenza.example/en/bowls/pavone',
      },
    ],
    recovery_url: 'https://bottega-faenza.example/en/cart/cart-88c1',
    abandoned_at: '2025-11-20T21:15:00Z',
    updated_at: '2025-11-20T20:40:00Z',
  },
  customer: JAMES,
  discount_code: 'WELCOME-BACK',
}
