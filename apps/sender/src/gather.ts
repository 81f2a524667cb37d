/**
 * Lets many turns share the cost of a statement: the first item goes at once, and what comes while `flushes` of them run
 * goes together into the next one. Results come in the order of the items; a failure concerns all of its flush.
 */
export function createGather<Item, Result>(
  flush: (items: Item[]) => Promise<Result[]>,
  { maxItems, flushes }: { maxItems: number; flushes: number },
): (item: Item) => Promise<Result> {
  const waiting: (PromiseWithResolvers<Result> & { item: Item })[] = []
  let running = 0

  async function run(): Promise<void> {
    running++
    // One round of the event loop: turns that were woken together are gathered from the first statement on.
    await new Promise(setImmediate)
    for (let batch = waiting.splice(0, maxItems); batch.length > 0; batch = waiting.splice(0, maxItems)) {
      try {
        const results = await flush(batch.map(({ item }) => item))
        for (const [index, { resolve, reject }] of batch.entries()) {
          const result = results[index]
          if (result === undefined) reject(new Error('a flush must answer every item'))
          else resolve(result)
        }
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running--
  }

  return (item) => {
    const entry = { item, ...Promise.withResolvers<Result>() }
    waiting.push(entry)
    if (running < flushes) void run()
    return entry.promise
  }
}
