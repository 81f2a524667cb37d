import { setTimeout as sleep } from 'node:timers/promises'

// So many items in one flush, and more will come in a moment.
const COMPANY = 8
// With so many there is nothing to wait for: a statement costs little more than its rows.
const ENOUGH = 100

/**
 * Lets many callers share the cost of a statement: the first item goes at once, and what comes while `flushes` of them run
 * goes together into the next one. So batches grow with the load, and an idle system waits for nothing. A flush answers its
 * items in their order, an Error where one alone went wrong; what it throws concerns all of them.
 *
 * @param options.companyMs how long the next flush waits for more, after one that had some company; 0 when left out
 */
export function createGather<Item, Result>(
  flush: (items: Item[]) => Promise<(Result | Error)[]>,
  { maxItems, flushes, companyMs = 0 }: { maxItems: number; flushes: number; companyMs?: number },
): (item: Item) => Promise<Result> {
  const waiting: (PromiseWithResolvers<Result> & { item: Item })[] = []
  let running = 0

  async function run(): Promise<void> {
    running++
    // One round of the event loop: who was woken together is gathered from the first statement on.
    await new Promise(setImmediate)
    for (let batch = waiting.splice(0, maxItems); batch.length > 0; batch = waiting.splice(0, maxItems)) {
      try {
        const results = await flush(batch.map(({ item }) => item))
        for (const [index, { resolve, reject }] of batch.entries()) {
          const result = results[index]
          if (result === undefined) reject(new Error('a flush must answer every item'))
          else if (result instanceof Error) reject(result)
          else resolve(result)
        }
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
      if (companyMs > 0 && batch.length >= COMPANY && waiting.length < ENOUGH) await sleep(companyMs)
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
