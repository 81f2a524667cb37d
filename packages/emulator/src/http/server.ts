import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { servePhonePage } from '../phone-page/routes.ts'
import type { BotApi } from './bot-api.ts'
import type { AnswerBotCall } from './bot-call.ts'
import { createFastLane } from './fast-lane.ts'
import type { FastLane } from './fast-lane.ts'
import type { FileDownload } from './file-download.ts'
import { ProtocolError } from './protocol-error.ts'
import { BodyTooLargeError } from './read-body.ts'
import { MAX_HEADERS_BYTES } from './request-limits.ts'
import { encodeAnswer, writeAnswer, writeEmptyAnswer } from './write-answer.ts'

export interface ServedParts {
  readonly answerBotCall: AnswerBotCall
  readonly hasAccidents: () => boolean
  readonly botApi: BotApi
  readonly download: FileDownload
  readonly control: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

export interface RunningServer {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** An idle connection stays open this long, as on the real server. */
const IDLE_TIMEOUT_MS = 500_000
/** What a client still sends after it was refused is read and thrown away for this long. */
const DRAIN_MS = 2000

/** Listens and hands each request to the part it belongs to. Rejects when the port is taken. */
export function listen(parts: ServedParts, address: { host: string; port: number }): Promise<RunningServer> {
  const server = createServer(
    { keepAliveTimeout: IDLE_TIMEOUT_MS, maxHeaderSize: MAX_HEADERS_BYTES, requestTimeout: 0 },
    (request, response) => void serve(parts, request, response),
  )
  const lane = openFastLane(server, parts)
  // A client that sends headers slowly is as welcome as on the real server.
  server.headersTimeout = IDLE_TIMEOUT_MS
  server.on('clientError', answerBrokenRequest)
  server.on('connect', (_request, socket) => writeEmptyAnswer(asSocket(socket), 501))

  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, () => {
      const bound = server.address()
      const port = typeof bound === 'object' && bound !== null ? bound.port : address.port
      const host = address.host.includes(':') ? `[${address.host}]` : address.host
      resolve({ url: `http://${host}:${port}`, port, close: () => close(server, lane) })
    })
  })
}

/** Connections come to the fast lane first, and from there, with the first thing it does not serve, to the server. */
function openFastLane(server: Server, { answerBotCall, hasAccidents }: ServedParts): FastLane {
  const listeners = server.listeners('connection')
  const lane = createFastLane({
    answerBotCall,
    hasAccidents,
    giveAway(socket) {
      for (const listener of listeners) listener.call(server, socket)
    },
    onError(error, socket) {
      reportBug(error)
      writeEmptyAnswer(socket, 500)
    },
    idleTimeoutMs: IDLE_TIMEOUT_MS,
  })
  server.removeAllListeners('connection')
  server.on('connection', (socket) => lane.serve(socket))
  return lane
}

async function serve(parts: ServedParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(parts, request, response)
  } catch (error) {
    answerError(error, request, response)
  }
}

async function route(parts: ServedParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? ''
  if (url.startsWith('/emulator')) return parts.control(request, response)
  const isOfTelegram = url.startsWith('/bot') || url.startsWith('/file/bot')
  if (!isOfTelegram && (await servePhonePage(request, response))) return
  if (request.method !== 'GET' && request.method !== 'POST') throw new ProtocolError(501, 'not implemented')
  if (url.startsWith('/bot')) return parts.botApi(request, response)
  if (url.startsWith('/file/bot')) return parts.download(request, response)
  const isAbsolute = !url.startsWith('/')
  const detail = isAbsolute ? 'Not Found: absolute URI is specified in the Request-Line' : 'Not Found'
  writeAnswer(response, encodeAnswer({ status: 'refused', code: 404, description: detail }))
}

/** Requests that Node itself could not read. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: NodeJS.WritableStream): void {
  const statuses: Record<string, number> = {
    HPE_INVALID_METHOD: 501,
    HPE_INVALID_VERSION: 505,
    HPE_HEADER_OVERFLOW: 431,
  }
  writeEmptyAnswer(asSocket(socket), statuses[error.code ?? ''] ?? 400)
}

function answerError(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request
  if (error instanceof BodyTooLargeError && !response.headersSent) {
    response.shouldKeepAlive = false
    writeAnswer(
      response,
      encodeAnswer({ status: 'refused', code: 413, description: 'Request Entity Too Large' }),
    )
  } else {
    if (!(error instanceof ProtocolError)) reportBug(error)
    writeEmptyAnswer(socket, error instanceof ProtocolError ? error.statusCode : 500)
  }
  drain(request, socket)
}

/** Closing at once would reset the connection, and the client might never read its answer. */
function drain(request: IncomingMessage, socket: Socket): void {
  request.unpipe()
  request.resume()
  setTimeout(() => socket.destroy(), DRAIN_MS).unref()
}

/** An error of the emulator's own is no answer of Telegram's; whoever runs it has to see it. */
function reportBug(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)))
}

function asSocket(stream: NodeJS.WritableStream): Socket {
  // Node types the stream of these two events loosely; for a TCP server it is the connection's socket.
  return stream as Socket
}

async function close(server: Server, lane: FastLane): Promise<void> {
  // Answers that are decided by now still get out.
  await new Promise((resolve) => setImmediate(resolve))
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
  })
  server.closeAllConnections()
  lane.closeAll()
  return closed
}
