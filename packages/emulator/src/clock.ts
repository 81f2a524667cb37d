export type CancelTimer = () => void

/** The emulator's own time. It runs with the machine's clock and can be put forward, with everything that waits. */
export interface Clock {
  nowMs(): number
  /** Unix seconds, as Telegram's dates are. */
  nowSeconds(): number
  after(delayMs: number, run: () => void): CancelTimer
  /** Puts time forward; what was waiting for a moment now past happens at once. */
  advance(byMs: number): void
  /** Forgets everything that waits, for good. */
  stop(): void
}

interface Timer {
  readonly dueMs: number
  readonly run: () => void
  handle: NodeJS.Timeout | undefined
}

/** The longest delay `setTimeout` takes; a longer one would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1

/** Milliseconds since 1970 that never go back, whatever happens to the machine's clock. */
function createMonotonicClock(): () => number {
  const { timeOrigin } = performance
  return () => timeOrigin + performance.now()
}

export function createClock(readMs: () => number = createMonotonicClock()): Clock {
  const timers = new Set<Timer>()
  let aheadMs = 0
  let stopped = false
  const nowMs = (): number => readMs() + aheadMs

  function arm(timer: Timer): void {
    const delayMs = Math.min(Math.max(0, timer.dueMs - nowMs()), MAX_DELAY_MS)
    timer.handle = setTimeout(() => {
      timers.delete(timer)
      timer.run()
    }, delayMs)
  }

  return {
    nowMs,
    nowSeconds: () => Math.floor(nowMs() / 1000),
    after(delayMs, run) {
      if (stopped) return () => undefined
      const timer: Timer = { dueMs: nowMs() + delayMs, run, handle: undefined }
      timers.add(timer)
      arm(timer)
      return () => {
        clearTimeout(timer.handle)
        timers.delete(timer)
      }
    },
    advance(byMs) {
      aheadMs += byMs
      for (const timer of timers) {
        clearTimeout(timer.handle)
        arm(timer)
      }
    },
    stop() {
      stopped = true
      for (const timer of timers) clearTimeout(timer.handle)
      timers.clear()
    },
  }
}
