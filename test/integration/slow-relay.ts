import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { atEnd } from '../support/at-end.ts'

export interface SlowRelay {
  port: number
  /** Whatever clients send from now on arrives so much later. */
  setDelay(ms: number): void
}

/** Stands before a server on this machine; gone at the end of the test or file. */
export async function startSlowRelay(serverPort: number): Promise<SlowRelay> {
  let delayMs = 0
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1')
    client.on('data', (chunk) => setTimeout(() => upstream.write(chunk), delayMs))
    upstream.pipe(client)
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(() => server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on a port has one')
  return { port: address.port, setDelay: (ms) => void (delayMs = ms) }
}
