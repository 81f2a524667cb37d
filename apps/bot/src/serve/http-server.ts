import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

// Telegram sends a request in one go, and so does a browser. Whoever takes his time is neither.
const TIME_LIMITS = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 }

export interface HttpAnswer {
  status: number
  headers?: Record<string, string>
  body?: string | Buffer
}

type AnswerRequest = (request: IncomingMessage) => Promise<HttpAnswer>

export interface HttpServer {
  /** @returns the port, for whoever asked for any */
  listen(address: { host: string; port: number }): Promise<number>
  /** Ends when every request under way is answered, and so every update handled. */
  close(): Promise<void>
}

/** One port for Telegram's webhooks and the pages that people open; what is asked of the pages never comes near an update. */
export function createHttpServer(answers: {
  answerWebhook: AnswerRequest
  answerPage: AnswerRequest
}): HttpServer {
  let isClosing = false
  const server = createServer(TIME_LIMITS, (request, response) => {
    const isWebhook = request.url?.startsWith('/telegram/') === true
    const answer = isWebhook ? answers.answerWebhook : answers.answerPage
    answer(request).then(
      (answered) => send(request, response, answered),
      () => response.destroy(),
    )
  })

  function send(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
    const { status, headers, body = '' } = answer
    // Refused before its body was read to the end, a connection is of no more use.
    const isOver = isClosing || (request.method !== 'GET' && status >= 400 && status < 500)
    response.writeHead(status, {
      ...headers,
      'content-length': Buffer.byteLength(body),
      ...(isOver ? { connection: 'close' } : {}),
    })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  return {
    async listen({ host, port }) {
      server.listen(port, host)
      await once(server, 'listening')
      return portOf(server.address())
    },
    async close() {
      if (!server.listening) return
      isClosing = true
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      await closed
    },
  }
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}
