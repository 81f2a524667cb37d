import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Of one shop, in order: all requests of a shop go over one connection. */
export interface Post {
  apiKey: string
  body: string
}

/** Each list of posts over a connection of its own, one after the other; answers how often it was told to come again later. */
export async function pushOverHttp(url: string, lists: Iterable<Post>[]): Promise<number> {
  const refusals = await Promise.all(lists.map((posts) => pushList(url, posts)))
  return refusals.reduce((sum, each) => sum + each, 0)
}

async function pushList(url: string, posts: Iterable<Post>): Promise<number> {
  const connection = await openConnection(url)
  let refusals = 0
  for (const post of posts) {
    for (;;) {
      const answer = await connection.post(post)
      if (answer.startsWith('HTTP/1.1 202')) break
      if (!answer.startsWith('HTTP/1.1 503')) throw new Error(answer)
      refusals += 1
      await sleep(Number(/^retry-after: *(\d+)/im.exec(answer)?.[1] ?? 1) * 1_000)
    }
  }
  connection.close()
  return refusals
}

/** HTTP/1.1 by hand, kept open: what a client library costs is no part of what is measured. */
async function openConnection(url: string) {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let received = ''
  let waiting: PromiseWithResolvers<string> | undefined
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    const headEnd = received.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const bytes = Number(/\r\ncontent-length: *(\d+)/i.exec(received.slice(0, headEnd))?.[1])
    if (Number.isNaN(bytes)) waiting?.reject(new Error(`an answer without a length: ${received}`))
    if (received.length < headEnd + 4 + bytes) return
    const answer = received
    received = ''
    waiting?.resolve(answer)
  })
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')))
  return {
    post({ apiKey, body }: Post): Promise<string> {
      const head =
        `POST /v1/events HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${apiKey}\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
      waiting = Promise.withResolvers<string>()
      socket.write(head + body)
      return waiting.promise
    },
    close: () => void socket.destroy(),
  }
}
