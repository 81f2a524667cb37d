import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { atEnd } from './at-end.ts'
import { listenOn } from './listen-on.ts'

/** What happens to one request on its way. */
export type Fault =
  | 'none'
  /** It does not arrive. */
  | 'reset before'
  /** It was carried out, and its answer is lost. */
  | 'reset after'
  /** It was carried out, and its answer stops in the middle. */
  | 'cut'
  /** It was carried out, and its answer comes so much later, in milliseconds. */
  | { slowMs: number }
  /** It does not arrive; this is answered instead. */
  | { status: number; headers?: Record<string, string>; body?: string }

export interface FaultProxy {
  url: string
  /** Of every request, in order: how many bytes its body had. */
  bodies: number[]
  /** Decides what the next requests meet, in order; nothing when it has run out. */
  plan: (faults: Fault[]) => void
}

/** A server in front of `target` that breaks requests as it is told to; closed at the end. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let planned: Fault[] = []
  const bodies: number[] = []

  const server = createServer((incoming, response) => void pass(incoming, response))
  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = planned.shift() ?? 'none'
    const body = await buffer(incoming)
    bodies.push(body.length)
    if (fault === 'reset before') return void incoming.socket.resetAndDestroy()
    if (typeof fault === 'object' && 'status' in fault) {
      return void response.writeHead(fault.status, fault.headers).end(fault.body)
    }
    const answer = await forward(incoming, body)
    if (fault === 'reset after') return void incoming.socket.resetAndDestroy()
    if (fault === 'cut') {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) })
      response.write(answer.body.subarray(0, answer.body.length / 2), () => incoming.socket.resetAndDestroy())
      return
    }
    const end = () => response.writeHead(answer.status, answer.headers).end(answer.body)
    if (fault === 'none') end()
    else setTimeout(end, fault.slowMs)
  }

  async function forward({ method, url, headers }: IncomingMessage, body: Buffer) {
    const outgoing = request(new URL(url ?? '/', target), { method, headers, agent: false })
    outgoing.end(body)
    const [answer]: IncomingMessage[] = await once(outgoing, 'response')
    if (answer === undefined) throw new Error('no answer')
    const { 'content-type': type = '', 'retry-after': retryAfter } = answer.headers
    return {
      status: answer.statusCode ?? 0,
      headers: { 'content-type': type, ...(retryAfter !== undefined && { 'retry-after': retryAfter }) },
      body: await buffer(answer),
    }
  }

  const url = await listenOn(server)
  atEnd(() => server.closeAllConnections())
  return { url, bodies, plan: (faults) => void (planned = [...faults]) }
}
