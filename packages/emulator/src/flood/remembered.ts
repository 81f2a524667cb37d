/** What is kept about bots and chats, made when first asked for. */
export type Remembered<Value> = {
  get: (key: string | number, nowMs: number) => Value
  values: () => Iterable<Value>
  clear: () => void
  size: () => number
}

/** One of a row in the order in which they were last asked for. */
type Entry<Value> = {
  readonly key: string | number
  readonly value: Value
  older: Entry<Value> | undefined
  newer: Entry<Value> | undefined
}

/** Old entries looked at in each call: more than one, so that they go faster than they come. */
const SWEPT_PER_CALL = 2

/**
 * A map that forgets what does not matter any more, a little with every call, and whatever was not asked for longest
 * when it is full. The row is linked: a Map that is asked for its first entry walks over all that were taken out.
 */
export function createRemembered<Value>(options: {
  create: () => Value
  forgottenAt: (value: Value) => number
  maxSize: number
}): Remembered<Value> {
  const { create, forgottenAt, maxSize } = options
  const entries = new Map<string | number, Entry<Value>>()
  let oldest: Entry<Value> | undefined
  let newest: Entry<Value> | undefined

  function unlink(entry: Entry<Value>): void {
    if (entry.older === undefined) oldest = entry.newer
    else entry.older.newer = entry.newer
    if (entry.newer === undefined) newest = entry.older
    else entry.newer.older = entry.older
  }

  function linkNewest(entry: Entry<Value>): void {
    entry.older = newest
    entry.newer = undefined
    if (newest === undefined) oldest = entry
    else newest.newer = entry
    newest = entry
  }

  /** `asked` stays, whatever its time: a value that was just made may look forgotten already. */
  function sweep(nowMs: number, asked: Entry<Value>): void {
    for (let looked = 0; oldest !== undefined && oldest !== asked; looked++) {
      const isTooMany = entries.size > maxSize
      if (!isTooMany && (looked >= SWEPT_PER_CALL || forgottenAt(oldest.value) > nowMs)) return
      entries.delete(oldest.key)
      unlink(oldest)
    }
  }

  return {
    get(key, nowMs) {
      const known = entries.get(key)
      const entry = known ?? { key, value: create(), older: undefined, newer: undefined }
      if (known === undefined) entries.set(key, entry)
      else unlink(entry)
      linkNewest(entry)
      sweep(nowMs, entry)
      return entry.value
    },
    values: () => Array.from(entries.values(), ({ value }) => value),
    clear() {
      entries.clear()
      oldest = undefined
      newest = undefined
    },
    size: () => entries.size,
  }
}
