import { PATIENCE_MS } from './turn.ts'

/** What a claim brought, as far as it tells when the next one makes sense and how large. */
export interface ClaimOutcome {
  claimed: number
  /** Of these, so many could not be called for in time. */
  late: number
  /** As many as were asked for: there are more at once. */
  isFull: boolean
  /** The queue holds nothing beyond what was claimed. */
  isLast: boolean
}

/** How often a turn asks for more while its calls are under way, and for how much. */
export interface ClaimPace {
  /** At most so much, whatever the flood window would take. */
  size(): number
  claimed(outcome: ClaimOutcome): void
  /** Milliseconds until the next claim makes sense; 0 for at once. */
  pauseMs(): number
  /** The last claim left nothing behind, and nothing went back since. */
  isQueueEmpty(): boolean
}

const SHORTEST_MS = 5
const FIRST_SIZE = 32
const SMALLEST_SIZE = 4
const LARGEST_SIZE = 1_024

/**
 * Claims that bring everything come at once; when chats are busy or the queue is empty, the next claim is for what comes
 * meanwhile, and waits longer each time, up to PATIENCE_MS. What this process is too busy to call for in time has cost two
 * statements for nothing: then the next claim is as small as what was possible, and grows again from there.
 */
export function createClaimPace(): ClaimPace {
  let gapMs = SHORTEST_MS
  let nextAtMs = 0
  let isEmpty = false
  let size = FIRST_SIZE

  return {
    size: () => size,
    claimed({ claimed, late, isFull, isLast }) {
      isEmpty = isLast
      if (late > 0) size = Math.max(SMALLEST_SIZE, claimed - late)
      else if (isFull) size = Math.min(LARGEST_SIZE, size * 2)
      if (isFull) {
        nextAtMs = 0
        return
      }
      gapMs = isLast ? PATIENCE_MS : claimed > 0 ? SHORTEST_MS : Math.min(gapMs * 2, PATIENCE_MS)
      nextAtMs = performance.now() + gapMs
    },
    pauseMs: () => Math.max(0, nextAtMs - performance.now()),
    isQueueEmpty: () => isEmpty,
  }
}
