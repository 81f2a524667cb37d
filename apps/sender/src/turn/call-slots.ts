/** How many calls this process makes at the same time, whichever bots they are for. */
export interface CallSlots {
  isFree(): boolean
  /** Until one is free, first come first served, but no longer than this. */
  waitForFree(limitMs: number): Promise<void>
  /** Takes one for as long as the work lasts, though none be free. */
  hold<T>(work: Promise<T>): Promise<T>
}

/**
 * As many as there are connections to Telegram. A call that had to wait for a connection would count in its bot's flood
 * window from then on, and its message could no longer be withdrawn; so it is not begun.
 */
export function createCallSlots(limit: number): CallSlots {
  const waiting = new Set<Waiter>()
  let held = 0
  // One for all: where every call has to wait, a timer for each would cost more than the wait itself.
  let alarm: { timer: NodeJS.Timeout; atMs: number } | undefined

  function release(): void {
    held -= 1
    const [next] = waiting
    if (next === undefined || held >= limit) return
    waiting.delete(next)
    next.wake()
  }

  function wakeLate(): void {
    alarm = undefined
    const nowMs = performance.now()
    for (const waiter of waiting) {
      if (waiter.untilMs > nowMs) {
        ring(waiter.untilMs)
        continue
      }
      waiting.delete(waiter)
      waiter.wake()
    }
  }

  /** At this time at the latest, and for those who wait less long: mostly they come in the order of their ends. */
  function ring(atMs: number): void {
    if (alarm !== undefined && alarm.atMs <= atMs) return
    clearTimeout(alarm?.timer)
    alarm = { timer: setTimeout(wakeLate, Math.max(0, atMs - performance.now())), atMs }
  }

  return {
    isFree: () => held < limit,
    waitForFree(limitMs) {
      const { promise, resolve: wake } = Promise.withResolvers<void>()
      const untilMs = performance.now() + limitMs
      waiting.add({ wake, untilMs })
      ring(untilMs)
      return promise
    },
    hold(work) {
      held += 1
      void work.then(release, release)
      return work
    },
  }
}

interface Waiter {
  wake: () => void
  untilMs: number
}
