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
  /** A message of this turn is in the queue again. */
  wentBack(): void
  /** Milliseconds until the next claim makes sense; 0 for at once. */
  pauseMs(): number
  /** The last claim left nothing behind, and nothing went back since. */
  isQueueEmpty(): boolean
}

// With nothing to send within this time, the place is better given to another bot.
export const PATIENCE_MS = 50

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
      gapMs = isEmpty ? EMPTY_QUEUE_MS : claimed > 0 ? SHORTEST_MS : Math.min(gapMs * 2, PATIENCE_MS)
      nextAtMs = performance.now() + gapMs
    },
    wentBack() {
      isEmpty = false
      nextAtMs = Math.min(nextAtMs, performance.now() + SHORTEST_MS)
    },
    pauseMs: () => Math.max(0, nextAtMs - performance.now()),
    isQueueEmpty: () => isEmpty,
  }
}
