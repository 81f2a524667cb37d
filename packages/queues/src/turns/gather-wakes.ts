import { turnKey, type Turn } from '../job-catalogue.ts'

/**
 * Lets wakes share calls: those of one round of the event loop, and those made while a call is under way, go together in the next
 * one, each bot once. When a call fails, so do the wakes that wait behind it: they would wait as long again for the same Redis.
 */
export function createWakeGather(flush: (turns: Turn[]) => Promise<void>): (turns: Turn[]) => Promise<void> {
  let gathered: Gathered | undefined
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    // The renderer's jobs that end together wake together.
    await new Promise(setImmediate)
    while (gathered !== undefined) {
      const { turns, resolve, reject } = gathered
      gathered = undefined
      try {
        await flush([...turns.values()])
        resolve()
      } catch (error) {
        reject(error)
        takeWaiting()?.reject(error)
      }
    }
    isRunning = false
  }

  function takeWaiting(): Gathered | undefined {
    const waiting = gathered
    gathered = undefined
    return waiting
  }

  return (turns) => {
    gathered ??= { turns: new Map(), ...Promise.withResolvers<void>() }
    for (const turn of turns) gathered.turns.set(turnKey(turn), turn)
    const { promise } = gathered
    if (!isRunning) void run()
    return promise
  }
}

type Gathered = PromiseWithResolvers<void> & { turns: Map<string, Turn> }
