import type { RawAnswer } from './exchange.ts'
import { createLines, type Line, type LinesSettings } from './lines.ts'
import type { TransportFacts } from './transport-error.ts'

/** A call and what it wants to hear: one of the two, once. */
export interface PooledCall {
  readonly request: string
  answered(answer: RawAnswer): void
  lost(facts: TransportFacts): void
  /** The pool's own: the connection that has it. */
  line?: Line<PooledCall> | undefined
}

export interface CallPool {
  begin(call: PooledCall): void
  /** Says what is known of the call, which hears nothing more. */
  giveUp(call: PooledCall): Pick<TransportFacts, 'mayHaveArrived' | 'httpStatus' | 'retryAfterSeconds'>
  /** Resolves when no call is under way or waits; new ones must not begin. */
  close(): Promise<void>
}

/** Brings calls and keep-alive connections together, first come first served, one call at a time on a connection. */
export function createCallPool(settings: LinesSettings): CallPool {
  const waiting = new Set<PooledCall>()
  const lines = createLines<PooledCall>(settings, {
    free,
    answered(line, answer, keepAliveMs) {
      const { call } = line
      free(line, keepAliveMs)
      call?.answered(answer)
    },
    lost({ call }, facts) {
      if (facts.mayHaveArrived) call?.lost(facts)
      // It was about to be written: another connection will do as well.
      else if (call !== undefined) begin(call)
      lines.openFor(waiting.size)
    },
    failed(facts) {
      takeWaiting()?.lost(facts)
      lines.openFor(waiting.size)
    },
  })

  function begin(call: PooledCall): void {
    const line = lines.take()
    if (line !== undefined) return assign(line, call)
    call.line = undefined
    waiting.add(call)
    lines.openFor(waiting.size)
  }

  function assign(line: Line<PooledCall>, call: PooledCall): void {
    line.call = call
    call.line = line
    line.connection.ask(call.request)
  }

  function free(line: Line<PooledCall>, keepAliveMs: number): void {
    line.call = undefined
    const next = keepAliveMs > 0 ? takeWaiting() : undefined
    if (next !== undefined) return assign(line, next)
    lines.keep(line, keepAliveMs)
    lines.openFor(waiting.size)
  }

  function takeWaiting(): PooledCall | undefined {
    const [first] = waiting
    if (first !== undefined) waiting.delete(first)
    return first
  }

  return {
    begin,
    giveUp(call) {
      const { line } = call
      waiting.delete(call)
      if (line === undefined) return { mayHaveArrived: false }
      const head = line.connection.head()
      const mayHaveArrived = !line.connection.withdraw()
      // The answer may still come, and would be taken for the next call's.
      free(line, mayHaveArrived ? 0 : settings.keepAliveMs)
      return { ...head, mayHaveArrived }
    },
    close: () => lines.close(),
  }
}
