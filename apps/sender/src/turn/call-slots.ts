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
  const waiting = new Set<() => void>()
  let held = 0

  function wakeNext(): void {
    const [next] = waiting
    if (next === undefined || held >= limit) return
    waiting.delete(next)
    next()
  }

  function release(): void {
    held -= 1
    wakeNext()
  }

  return {
    isFree: () => held < limit,
    async waitForFree(limitMs) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      const timer = setTimeout(resolve, limitMs)
      await promise
      clearTimeout(timer)
      waiting.delete(resolve)
    },
    hold(work) {
      held += 1
      void work.then(release, release)
      return work
    },
  }
}
