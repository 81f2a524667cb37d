import { setTimeout as delay } from 'node:timers/promises'
import type { IntakeLanes } from '@postino/queues'
import type { Lane } from './create-lane.ts'

export interface HoldLanesDependencies {
  leases: IntakeLanes
  /** How long the lanes stay with a process that says nothing. */
  ttlMs: number
  /** How long a read may take. */
  readMs: number
  openLane: (number: number, mayRead: () => boolean) => Lane
  /** Resolves when nothing of a closed lane is under way any more. */
  drained: (number: number) => Promise<void>
  onError: (error: unknown) => void
}

export interface HeldLanes {
  all(): ReadonlyMap<number, Lane>
  /** Closes all lanes. What they have read may be under way still. */
  stop(): Promise<void>
  /** Lets others have the lanes at once. */
  leave(): Promise<void>
}

/** Somebody gives up a lane for us: its streams rest until we have it. */
const SHORT_PAUSE_MS = 250

/** Holds the share of the lanes that is this process's: takes free ones, gives up what is more, and stops what was lost. */
export function holdLanes(dependencies: HoldLanesDependencies): HeldLanes {
  const { leases, ttlMs, readMs, openLane, drained, onError } = dependencies
  const lanes = new Map<number, Lane>()
  const released = new Set<number>()
  const leaving = new Set<number>()
  let heldUntilMs = -Infinity
  let isShort = true
  let nudge = Promise.withResolvers<void>()
  const closing = new AbortController()
  const { signal } = closing
  const running = run()

  /** A read goes on for a moment after it began, and must be over before somebody else may read. */
  function mayRead(): boolean {
    return performance.now() + 2 * readMs < heldUntilMs
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await hold()
      } catch (error) {
        if (!signal.aborted) onError(error)
      }
      nudge = Promise.withResolvers()
      const pauseMs = isShort ? SHORT_PAUSE_MS : ttlMs / 5
      await Promise.race([delay(pauseMs, undefined, { signal }).catch(() => undefined), nudge.promise])
    }
  }

  async function hold(): Promise<void> {
    const askedAtMs = performance.now()
    const given = [...released]
    const { lanes: mine, share } = await leases.hold(given)
    if (signal.aborted) return
    isShort = mine.length < share
    for (const number of given) released.delete(number)
    heldUntilMs = askedAtMs + ttlMs
    const lost = [...lanes.keys()].filter((number) => !mine.includes(number))
    await Promise.all(lost.map((number) => closeLane(number, true)))
    for (const number of mine) {
      if (lanes.has(number) || leaving.has(number) || released.has(number)) continue
      lanes.set(number, openLane(number, mayRead))
    }
    for (const number of [...lanes.keys()].slice(share)) void giveUp(number)
  }

  async function closeLane(number: number, isLost: boolean): Promise<void> {
    const lane = lanes.get(number)
    lanes.delete(number)
    await lane?.close({ isLost })
  }

  // Never rejects: what fails in a lane is told where it fails.
  async function giveUp(number: number): Promise<void> {
    leaving.add(number)
    await closeLane(number, false)
    await drained(number)
    leaving.delete(number)
    released.add(number)
    nudge.resolve()
  }

  return {
    all: () => lanes,
    async stop() {
      closing.abort()
      await Promise.all([...lanes.keys()].map((number) => closeLane(number, false)))
      await running
    },
    leave: () => leases.leave(),
  }
}
