// Reports an order over HTTP: POSTINO_URL and POSTINO_KEY say where, and as which shop.
import { createPostino, PostinoError } from '@postino/client'
import { orderShipped } from './order-shipped.ts'

const {
  POSTINO_URL: url = 'http://127.0.0.1:8080',
  POSTINO_KEY: apiKey = '',
  ORDER_ID: orderId = '1143',
} = process.env

try {
  await using postino = createPostino({ url, apiKey, retryForMs: 5_000 })
  const { id, messages } = await postino.send(orderShipped(orderId))
  console.log(`accepted ${id}: message ${messages.map((message) => message.id).join(', ')}`)
} catch (error) {
  const code = error instanceof PostinoError ? error.code : 'wrong settings'
  console.error(`not accepted (${code}): ${String(error)}`)
  process.exitCode = 1
}
