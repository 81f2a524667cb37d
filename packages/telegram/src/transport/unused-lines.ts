/** Connections that wait for their next call, each for its time. */
export interface UnusedLines<T> {
  keep(connection: T, forMs: number): void
  /** The one that was used last, so that the others may go unused long enough to be closed. */
  take(): T | undefined
  remove(connection: T): void
  takeAll(): T[]
}

/** @param longestMs of all their times */
export function createUnusedLines<T>(longestMs: number, onExpired: (connection: T) => void): UnusedLines<T> {
  /** The one used last at the end. */
  let kept: { connection: T; untilMs: number }[] = []
  let sweeper: NodeJS.Timeout | undefined

  function sweep(): void {
    sweeper = undefined
    const nowMs = performance.now()
    const expired = kept.filter(({ untilMs }) => untilMs <= nowMs)
    kept = kept.filter(({ untilMs }) => untilMs > nowMs)
    if (kept.length > 0) sweepLater()
    for (const { connection } of expired) onExpired(connection)
  }

  /** Once for all of them: what is kept a little too long is not used for it. */
  function sweepLater(): void {
    sweeper ??= setTimeout(sweep, longestMs / 2).unref()
  }

  return {
    keep(connection, forMs) {
      kept.push({ connection, untilMs: performance.now() + forMs })
      sweepLater()
    },
    take() {
      for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
        if (last.untilMs > performance.now()) return last.connection
        onExpired(last.connection)
      }
      return undefined
    },
    remove(connection) {
      kept = kept.filter((one) => one.connection !== connection)
    },
    takeAll() {
      const all = kept.map(({ connection }) => connection)
      kept = []
      return all
    },
  }
}
