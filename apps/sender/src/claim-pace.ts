import { PATIENCE_MS } from './turn.ts'

/** What a claim brought, as far as it tells when the next one makes sense. */
export interface ClaimOutcome {
  claimed: number
  /** As many as were asked for: there are more at once. */
  isFull: boolean
  /** The queue holds nothing beyond what was claimed. */
  isLast: boolean
}

/** How often a turn asks for more while its calls are under way. */
export interface ClaimPace {
  claimed(outcome: ClaimOutcome): void
  /** Milliseconds until the next claim makes sense; 0 for at once. */
  pauseMs(): number
  /** The last claim left nothing behind, and nothing went back since. */
  isQueueEmpty(): boolean
}

const SHORTEST_MS = 5
const EMPTY_QUEUE_MS = 250

/**
 * Claims that bring everything come at once; when chats are busy or the queue is empty, the next claim is for what comes
 * meanwhile, and waits longer each time.
 */
export function createClaimPace(): ClaimPace {
  let gapMs = SHORTEST_MS
  let nextAtMs = 0
  let isEmpty = false

  return {
    claimed({ claimed, isFull, isLast }) {
      if (claimed > 0) isEmpty = isLast
      if (isFull) {
        nextAtMs = 0
        return
      }
      // Behind an emptied queue only what is new may be found, and its wake leads to another turn anyway.
      const longestMs = isEmpty ? EMPTY_QUEUE_MS : PATIENCE_MS
      gapMs = claimed > 0 ? (isEmpty ? PATIENCE_MS : SHORTEST_MS) : Math.min(gapMs * 2, longestMs)
      nextAtMs = performance.now() + gapMs
    },
    pauseMs: () => Math.max(0, nextAtMs - performance.now()),
    isQueueEmpty: () => isEmpty,
  }
}
