/** A map that forgets the entries longest unused when all of them would weigh more than `maxWeight`. */
export interface BoundedCache<Value> {
  getOrCreate(key: string, create: (key: string) => Value): Value
}

interface Entry<Value> {
  key: string
  value: Value
  weight: number
  newer: Entry<Value> | undefined
  older: Entry<Value> | undefined
}

/** Each entry weighs 1 unless told; one that weighs more than all may is kept until the next. */
export function createBoundedCache<Value>(
  maxWeight: number,
  weightOf: (key: string) => number = () => 1,
): BoundedCache<Value> {
  // A list of its own for the order: to take an entry out of a Map and put it in again costs ten times as much.
  const entries = new Map<string, Entry<Value>>()
  let newest: Entry<Value> | undefined
  let oldest: Entry<Value> | undefined
  let weight = 0

  function takeOut({ newer, older }: Entry<Value>): void {
    if (newer === undefined) newest = older
    else newer.older = older
    if (older === undefined) oldest = newer
    else older.newer = newer
  }

  function putFirst(entry: Entry<Value>): void {
    entry.older = newest
    entry.newer = undefined
    if (newest === undefined) oldest = entry
    else newest.newer = entry
    newest = entry
  }

  function makeRoomFor(added: number): void {
    while (oldest !== undefined && weight + added > maxWeight) {
      entries.delete(oldest.key)
      weight -= oldest.weight
      takeOut(oldest)
    }
  }

  return {
    getOrCreate(key, create) {
      const known = entries.get(key)
      if (known !== undefined) {
        if (known !== newest) {
          takeOut(known)
          putFirst(known)
        }
        return known.value
      }
      const entry = {
        key,
        value: create(key),
        weight: weightOf(key),
        newer: undefined,
        older: undefined,
      }
      makeRoomFor(entry.weight)
      entries.set(key, entry)
      putFirst(entry)
      weight += entry.weight
      return entry.value
    },
  }
}
