/** A map that forgets the entries longest unused when all of them would weigh more than `maxWeight`. */
export interface BoundedCache<Value> {
  getOrCreate(key: string, create: (key: string) => Value): Value
}

/** Each entry weighs 1 unless told; one that weighs more than all may is kept until the next. */
export function createBoundedCache<Value>(
  maxWeight: number,
  weightOf: (key: string) => number = () => 1,
): BoundedCache<Value> {
  // A Map keeps the order of insertion, so its first key is the one longest unused.
  const entries = new Map<string, { value: Value }>()
  let weight = 0

  function makeRoomFor(added: number): void {
    for (const key of entries.keys()) {
      if (weight + added <= maxWeight) return
      entries.delete(key)
      weight -= weightOf(key)
    }
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
      const added = weightOf(key)
      makeRoomFor(added)
      entries.set(key, { value })
      weight += added
      return value
    },
  }
}
