// Reports an order over Redis: REDIS_URL says where, with the shop's user and password, and POSTINO_SHOP which shop's stream.
import { createPostino, PostinoError } from '@postino/client'
import { orderShipped } from './order-shipped.ts'

const {
  REDIS_URL: redis = 'redis://127.0.0.1:6379',
  POSTINO_SHOP: shop = 'demo',
  ORDER_ID: orderId = '1143',
} = process.env

try {
  await using postino = createPostino({ redis, shop, retryForMs: 5_000 })
  const { id, entryId } = await postino.send(orderShipped(orderId))
  console.log(`accepted ${id}: entry ${entryId}`)
} catch (error) {
  const code = error instanceof PostinoError ? error.code : 'wrong settings'
  console.error(`not accepted (${code}): ${String(error)}`)
  process.exitCode = 1
}
