import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Delivery {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly text: string
  // A test looks into updates of every shape.
  // oxlint-disable-next-line no-explicit-any
  readonly update: any
}

export interface WebhookReceiver {
  readonly url: string
  /** The next delivery, in the order they came. Whoever takes it answers it. */
  next(): Promise<Delivery>
  /** Deliveries that nobody took yet. */
  waiting(): number
}

/** A webhook that holds every update until the test answers it. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const arrived: Delivery[] = []
  const takers: ((delivery: Delivery) => void)[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const delivery = { request, response, text, update: JSON.parse(text) }
      const taker = takers.shift()
      if (taker === undefined) arrived.push(delivery)
      else taker(delivery)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    next() {
      const delivery = arrived.shift()
      return delivery === undefined
        ? new Promise((resolve) => takers.push(resolve))
        : Promise.resolve(delivery)
    },
    waiting: () => arrived.length,
  }
}
