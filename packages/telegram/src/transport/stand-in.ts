import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'

/** For tests: something on 127.0.0.1 in Telegram's place. Ends with the block it is declared in. */
export interface StandIn extends AsyncDisposable {
  /** Without a scheme: `127.0.0.1:<port>`. */
  host: string
  /** Connections accepted so far. */
  connections(): number
}

export interface SeenRequest {
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** Answers each whole request as told. */
export async function standInHttp(
  answer: (request: SeenRequest, response: ServerResponse) => void,
): Promise<StandIn> {
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url = '', headers } = request
      answer({ url, headers, body: Buffer.concat(chunks).toString('utf8') }, response)
    })
    // Cut off by the other side: what a test is about, and no reason to fail.
    request.on('error', () => undefined)
  })
  return await listen(server)
}

/** Gives each connection to the test. */
export async function standInTcp(accept: (socket: Socket) => void): Promise<StandIn> {
  return await listen(createTcpServer(accept))
}

async function listen(server: Server): Promise<StandIn> {
  const sockets = new Set<Socket>()
  let accepted = 0
  server.on('connection', (socket) => {
    accepted += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    host: `127.0.0.1:${port}`,
    connections: () => accepted,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
