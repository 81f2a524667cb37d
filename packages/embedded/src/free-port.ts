import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A TCP port of 127.0.0.1 nobody listens on right now. Between this answer and its use another process may take it, so whoever
 * listens on it must be ready to ask again.
 */
export async function freePort(): Promise<number> {
  const port = await tryPort(0)
  if (port === undefined) throw new Error('no TCP port of 127.0.0.1 is free')
  return port
}

export async function isPortFree(port: number): Promise<boolean> {
  return (await tryPort(port)) !== undefined
}

async function tryPort(wished: number): Promise<number | undefined> {
  const server = createServer()
  try {
    server.listen(wished, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return address !== null && typeof address === 'object' ? address.port : undefined
  } catch {
    // In use, or not ours to take: not free either way.
    return undefined
  } finally {
    server.close()
  }
}
