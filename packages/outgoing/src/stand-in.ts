import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'

/** For tests: a server on this machine that counts who connects. Ends with the block it is declared in. */
export interface StandIn extends AsyncDisposable {
  port: number
  connections: () => number
}

export async function standInHttp(answer: RequestListener, host = '127.0.0.1'): Promise<StandIn> {
  return await listen(createHttpServer(answer), host)
}

/** Gives each connection to the test. */
export async function standInTcp(accept: (socket: Socket) => void): Promise<StandIn> {
  return await listen(createTcpServer(accept), '127.0.0.1')
}

async function listen(server: Server, host: string): Promise<StandIn> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
