import { createServer } from 'node:net'
import { once } from 'node:events'

/** The wished port when it is free, else another one, said so; 0 wishes for any. */
export async function choosePort(wished: number, name: string, say: (line: string) => void): Promise<number> {
  const port = (await tryPort(wished)) ?? (await tryPort(0))
  if (port === undefined) throw new Error(`no free port for ${name}`)
  if (wished !== 0 && port !== wished) say(`Port ${wished} is in use; ${name} takes ${port} instead.`)
  return port
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return address !== null && typeof address === 'object' ? address.port : undefined
  } catch {
    // In use: the caller takes another one.
    return undefined
  } finally {
    server.close()
  }
}
