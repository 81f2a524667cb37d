import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { atEnd } from './at-end.ts'

/** Lets a server listen on a free port of this machine until the end. @returns its URL */
export async function listenOn(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(() => server.close())
  const address = server.address()
  assert(typeof address === 'object' && address !== null)
  return `http://127.0.0.1:${address.port}`
}
