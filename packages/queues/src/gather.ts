/**
 * Lets calls share what they cost: the items of one round of the event loop, and those that come while a flush is under way, go
 * together into the next one. When a flush fails, so do the calls that wait behind it: they would wait as long again for the
 * same Redis.
 */
export function createGather<Item>(
  flush: (items: Item[]) => Promise<void>,
): (items: Item[]) => Promise<void> {
  let waiting: Waiting<Item> | undefined
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    // Jobs that end together ask together.
    await new Promise(setImmediate)
    for (let own = takeWaiting(); own !== undefined; own = takeWaiting()) {
      try {
        await flush(own.items)
        own.resolve()
      } catch (error) {
        own.reject(error)
        takeWaiting()?.reject(error)
      }
    }
    isRunning = false
  }

  function takeWaiting(): Waiting<Item> | undefined {
    const taken = waiting
    waiting = undefined
    return taken
  }

  return (items) => {
    waiting ??= { items: [], ...Promise.withResolvers<void>() }
    for (const item of items) waiting.items.push(item)
    const { promise } = waiting
    if (!isRunning) void run()
    return promise
  }
}

type Waiting<Item> = PromiseWithResolvers<void> & { items: Item[] }
