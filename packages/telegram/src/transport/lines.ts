import { createConnect, type Connection, type ConnectSettings } from './connection.ts'
import type { RawAnswer } from './exchange.ts'
import type { TransportFacts } from './transport-error.ts'
import { createUnusedLines } from './unused-lines.ts'

export interface LinesSettings extends ConnectSettings {
  /** At most so many. */
  connections: number
  /** How long an unused one is kept at most. */
  keepAliveMs: number
}

/** A connection, and what its owner has put on it. */
export interface Line<Call> {
  readonly connection: Connection
  call: Call | undefined
}

export interface LinesListener<Call> {
  /** It has no call, and may get one. */
  free(line: Line<Call>, keepAliveMs: number): void
  answered(line: Line<Call>, answer: RawAnswer, keepAliveMs: number): void
  /** It is closed already. */
  lost(line: Line<Call>, facts: TransportFacts): void
  /** One could not be opened. */
  failed(facts: TransportFacts): void
}

/** The connections to one server: those in use and those that wait to be. */
export interface Lines<Call> {
  /** An unused one. */
  take(): Line<Call> | undefined
  /** Opens another, unless so many are being opened or there are enough. */
  openFor(waiting: number): void
  /** Unused, for so long. */
  keep(line: Line<Call>, forMs: number): void
  drop(line: Line<Call>): void
  /** Keeps none any more. Resolves when all are closed. */
  close(): Promise<void>
}

export function createLines<Call>(settings: LinesSettings, listener: LinesListener<Call>): Lines<Call> {
  const { connections, keepAliveMs } = settings
  const connect = createConnect(settings)
  const lines = new Set<Line<Call>>()
  const unused = createUnusedLines<Line<Call>>(keepAliveMs, drop)
  let opening = 0
  let closed: PromiseWithResolvers<void> | undefined

  function open(): void {
    let isReady = false
    opening += 1
    const connection = connect({
      ready() {
        isReady = true
        opening -= 1
        listener.free(line, keepAliveMs)
      },
      answered: (answer, peersMs = keepAliveMs) =>
        listener.answered(line, answer, Math.min(keepAliveMs, peersMs)),
      lost(facts) {
        if (isReady && line.call === undefined) unused.remove(line)
        if (!isReady) opening -= 1
        drop(line)
        if (isReady) listener.lost(line, facts)
        else listener.failed(facts)
      },
    })
    const line: Line<Call> = { connection, call: undefined }
    lines.add(line)
  }

  function drop(line: Line<Call>): void {
    line.connection.destroy()
    lines.delete(line)
    if (lines.size === 0) closed?.resolve()
  }

  return {
    take: () => unused.take(),
    openFor(waiting) {
      if (opening < waiting && lines.size < connections) open()
    },
    keep(line, forMs) {
      if (forMs > 0 && closed === undefined) unused.keep(line, forMs)
      else drop(line)
    },
    drop,
    async close() {
      closed ??= Promise.withResolvers()
      for (const line of unused.takeAll()) drop(line)
      if (lines.size > 0) await closed.promise
    },
  }
}
