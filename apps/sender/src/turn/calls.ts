/** The calls of a turn that are not answered and recorded yet, one per chat at most. */
export interface Calls {
  add(chatId: string, delivery: Promise<void>): void
  has(chatId: string): boolean
  chats(): string[]
  isEmpty(): boolean
  /** How long the oldest has been under way, in milliseconds; 0 when there is none. */
  longestMs(): number
  /** True once a delivery has thrown: the turn ends with its error. */
  hasFailed(): boolean
  /** Until the next one ends, but no longer than this. */
  waitForAny(limitMs: number): Promise<void>
  /** Until none is under way or one has failed, but no longer than this. */
  waitUntilIdle(limitMs: number): Promise<void>
  /** Until all have ended; then throws what the first of them threw, if one did. */
  waitForAll(): Promise<void>
}

export function createCalls(): Calls {
  const startedAtMs = new Map<string, number>()
  let failure: { error: unknown } | undefined
  let nextEnd: PromiseWithResolvers<void> | undefined
  let idle: PromiseWithResolvers<void> | undefined

  /** Never rejects: a call may end while nobody waits for it. */
  async function watch(chatId: string, delivery: Promise<void>): Promise<void> {
    try {
      await delivery
    } catch (error) {
      failure ??= { error }
    }
    startedAtMs.delete(chatId)
    nextEnd?.resolve()
    nextEnd = undefined
    if (startedAtMs.size === 0 || failure !== undefined) idle?.resolve()
  }

  return {
    add(chatId, delivery) {
      startedAtMs.set(chatId, performance.now())
      void watch(chatId, delivery)
    },
    has: (chatId) => startedAtMs.has(chatId),
    chats: () => [...startedAtMs.keys()],
    isEmpty: () => startedAtMs.size === 0,
    longestMs() {
      // The first one in is the oldest.
      const [oldest = performance.now()] = startedAtMs.values()
      return performance.now() - oldest
    },
    hasFailed: () => failure !== undefined,
    async waitForAny(limitMs) {
      const end = (nextEnd ??= Promise.withResolvers())
      const timer = setTimeout(end.resolve, limitMs)
      await end.promise
      clearTimeout(timer)
      // Of the timer's making: for who waits next it means nothing.
      if (nextEnd === end) nextEnd = undefined
    },
    async waitUntilIdle(limitMs) {
      idle = Promise.withResolvers()
      const timer = setTimeout(idle.resolve, limitMs)
      await idle.promise
      clearTimeout(timer)
      idle = undefined
    },
    async waitForAll() {
      while (startedAtMs.size > 0) await (nextEnd ??= Promise.withResolvers()).promise
      if (failure !== undefined) throw failure.error
    },
  }
}
