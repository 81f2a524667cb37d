/** A map that forgets the entry longest unused when it would grow beyond `maxEntries`. */
export interface BoundedCache<Value> {
  getOrCreate(key: string, create: (key: string) => Value): Value
}

export function createBoundedCache<Value>(maxEntries: number): BoundedCache<Value> {
  // A Map keeps the order of insertion, so its first key is the one longest unused.
  const entries = new Map<string, { value: Value }>()

  function forgetOldest(): void {
    const oldest = entries.keys().next()
    if (!oldest.done) entries.delete(oldest.value)
  }

  return {
    getOrCreate(key, create) {
      const known = entries.get(key)
      if (known !== undefined) {
        entries.delete(key)
        entries.set(key, known)
        return known.value
      }
      const value = create(key)
      if (entries.size >= maxEntries) forgetOldest()
      entries.set(key, { value })
      return value
    },
  }
}
