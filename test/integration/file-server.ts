import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { atEnd } from '../support/at-end.ts'

export interface FileServer {
  host: string
  /** The address of a file, and what is there. */
  add(name: string, content: Buffer | string | ((response: ServerResponse) => void)): string
  /** How often an address was asked for. */
  requests(address: string): number
}

/** A shop's file server on 127.0.0.1; nobody may fetch from it who is not told so. */
export async function createFileServer(): Promise<FileServer> {
  const files = new Map<string, Buffer | string | ((response: ServerResponse) => void)>()
  const counts = new Map<string, number>()
  const server = createServer(({ url = '' }, response) => {
    counts.set(url, (counts.get(url) ?? 0) + 1)
    const content = files.get(url)
    if (content === undefined) response.writeHead(404).end()
    else if (typeof content === 'function') content(response)
    else response.end(content)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    host,
    add(name, content) {
      files.set(`/${name}`, content)
      return `http://${host}/${name}`
    },
    requests: (url) => counts.get(new URL(url).pathname) ?? 0,
  }
}
