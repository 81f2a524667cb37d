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

/** All that waits for one millisecond: thousands of calls on their way share a timer each millisecond. */
interface Moment {
  readonly dueMs: number
  readonly waiting: Set<{ run: () => void }>
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
  const moments = new Map<number, Moment>()
  let aheadMs = 0
  let stopped = false
  const nowMs = (): number => readMs() + aheadMs

  function momentAt(dueMs: number): Moment {
    const known = moments.get(dueMs)
    if (known !== undefined) return known
    const moment: Moment = { dueMs, waiting: new Set(), handle: undefined }
    moments.set(dueMs, moment)
    arm(moment)
    return moment
  }

  function arm(moment: Moment): void {
    const delayMs = Math.min(Math.max(0, moment.dueMs - nowMs()), MAX_DELAY_MS)
    moment.handle = setTimeout(() => {
      moments.delete(moment.dueMs)
      for (const entry of moment.waiting) {
        moment.waiting.delete(entry)
        entry.run()
      }
    }, delayMs)
  }

  function forget(moment: Moment): void {
    clearTimeout(moment.handle)
    // While a moment happens, another may have begun at the same time.
    if (moments.get(moment.dueMs) === moment) moments.delete(moment.dueMs)
  }

  return {
    nowMs,
    nowSeconds: () => Math.floor(nowMs() / 1000),
    after(delayMs, run) {
      if (stopped) return () => undefined
      const moment = momentAt(Math.ceil(nowMs() + delayMs))
      const entry = { run }
      moment.waiting.add(entry)
      return () => {
        moment.waiting.delete(entry)
        if (moment.waiting.size === 0) forget(moment)
      }
    },
    advance(byMs) {
      aheadMs += byMs
      for (const moment of moments.values()) {
        clearTimeout(moment.handle)
        arm(moment)
      }
    },
    stop() {
      stopped = true
      for (const moment of moments.values()) forget(moment)
    },
  }
}
