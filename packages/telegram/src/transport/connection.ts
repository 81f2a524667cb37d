import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { createAnswerReader, type Reading } from './answer-reader.ts'
import { codeOf, type RawAnswer } from './exchange.ts'
import type { TransportFacts } from './transport-error.ts'

/** One connection to the server, with one call on it at a time. */
export interface Connection {
  /** Writes a request, in the next round of the event loop. */
  ask(request: string): void
  /** Takes it back; false when it was written already. */
  withdraw(): boolean
  /** What is known of an answer that has begun. */
  head(): Pick<TransportFacts, 'httpStatus' | 'retryAfterSeconds'>
  /** At once; its listener is not told. */
  destroy(): void
}

export interface ConnectionListener {
  /** It may be asked. */
  ready(): void
  /** `keepAliveMs`: for how long the peer wants to be asked again, 0 for never; undefined when it does not say. */
  answered(answer: RawAnswer, keepAliveMs: number | undefined): void
  /** There is nothing more to be had from it. Told once. */
  lost(facts: TransportFacts): void
}

/** Opens a connection; that it cannot be opened is told like the loss of an open one. */
export type Connect = (listener: ConnectionListener) => Connection

export interface ConnectSettings {
  /** Such as `https://api.telegram.org`. */
  origin: string
  /** TLS included. */
  connectTimeoutMs: number
  maxAnswerBytes: number
}

// As undici and browsers do: a peer that vanished is noticed, if late.
const TCP_KEEP_ALIVE_MS = 60_000

export function createConnect({ origin, connectTimeoutMs, maxAnswerBytes }: ConnectSettings): Connect {
  const openSocket = createOpenSocket(new URL(origin))
  const inNextRound = createRounds()

  return function connect(listener) {
    const reader = createAnswerReader(maxAnswerBytes)
    let request: string | undefined
    let isWritten = false
    let isOver = false
    const timer = setTimeout(() => lose('CONNECT_TIMEOUT', true), connectTimeoutMs)
    const socket = openSocket(() => {
      clearTimeout(timer)
      if (!isOver) listener.ready()
    })
    socket.on('data', take).on('error', fail)
    socket.on('end', () => follow(reader.end())).on('close', () => lose('CONNECTION_CLOSED'))

    function write(): void {
      if (isOver || request === undefined) return
      isWritten = true
      socket.write(request)
      request = undefined
    }

    function take(bytes: Buffer): void {
      if (isWritten) follow(reader.take(bytes))
      // An answer to nothing: who knows what the next one would be the answer to.
      else lose('UNASKED')
    }

    function follow(reading: Reading): void {
      if (isOver || reading.status === 'more') return
      if (reading.status === 'broken') return lose(reading.code)
      isWritten = false
      // Still writing while the answer is whole: the peer has not read all of it, and never may.
      listener.answered(reading.answer, socket.writableLength > 0 ? 0 : reading.keepAliveMs)
    }

    function fail(error: Error): void {
      const code = codeOf(error)
      lose(code, code === 'ETIMEDOUT')
    }

    function lose(code: string, timedOut = false): void {
      if (isOver) return
      destroy()
      listener.lost({ code, timedOut, mayHaveArrived: isWritten, ...head() })
    }

    function head(): ReturnType<Connection['head']> {
      const { httpStatus, retryAfterSeconds } = reader.head() ?? {}
      return { httpStatus, retryAfterSeconds }
    }

    function destroy(): void {
      isOver = true
      clearTimeout(timer)
      socket.destroy()
    }

    return {
      ask(text) {
        request = text
        inNextRound(write)
      },
      withdraw() {
        request = undefined
        return !isWritten
      },
      head,
      destroy,
    }
  }
}

/**
 * A connection that was unused may have been closed by the peer meanwhile, or hold what nobody asked for. It tells so before the check
 * phase of the event loop; what is written there, is written to a connection that had nothing to tell.
 */
function createRounds(): (write: () => void) => void {
  let due: (() => void)[] = []
  function run(): void {
    const writes = due
    due = []
    for (const write of writes) write()
  }
  return (write) => {
    if (due.push(write) === 1) setImmediate(run)
  }
}

function createOpenSocket({ protocol, hostname, port }: URL): (onReady: () => void) => Socket {
  const host = hostname.replace(/^\[|\]$/g, '')
  const common = { host, noDelay: true, keepAlive: true, keepAliveInitialDelay: TCP_KEEP_ALIVE_MS }
  if (protocol === 'http:') return (onReady) => connectTcp({ ...common, port: Number(port || 80) }, onReady)
  const servername = isIP(host) === 0 ? host : ''
  let session: Buffer | undefined
  return (onReady) => {
    const options = { ...common, port: Number(port || 443), servername, ALPNProtocols: ['http/1.1'], session }
    // The next handshake is the shorter for what was agreed upon in this one.
    return connectTls(options, onReady).on('session', (agreed) => void (session = agreed))
  }
}
