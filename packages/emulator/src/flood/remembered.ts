/** What is kept about bots and chats, made when first asked for. */
export type Remembered<Value> = {
  get: (key: string, nowMs: number) => Value
  values: () => Iterable<Value>
  clear: () => void
  size: () => number
}

/** Old entries looked at in each call: more than one, so that they go faster than they come. */
const SWEPT_PER_CALL = 2

/**
 * A map that forgets what does not matter any more, a little with every call, and whatever was not asked for longest
 * when it is full.
 */
export function createRemembered<Value>(options: {
  create: () => Value
  forgottenAt: (value: Value) => number
  maxSize: number
}): Remembered<Value> {
  const { create, forgottenAt, maxSize } = options
  /** In the order in which they were last asked for. */
  const values = new Map<string, Value>()

  function sweep(nowMs: number): void {
    let looked = 0
    for (const [key, value] of values) {
      const isFull = values.size >= maxSize
      if (!isFull && (looked++ >= SWEPT_PER_CALL || forgottenAt(value) > nowMs)) return
      values.delete(key)
    }
  }

  return {
    get(key, nowMs) {
      const value = values.get(key) ?? create()
      values.delete(key)
      // Swept before it is put back at the end: a value that was just made may look forgotten already.
      sweep(nowMs)
      values.set(key, value)
      return value
    },
    values: () => values.values(),
    clear: () => values.clear(),
    size: () => values.size,
  }
}
