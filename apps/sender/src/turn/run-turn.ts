import { createCalls } from './calls.ts'
import { claimAndStart, type ClaimAndStartDependencies } from './claim-and-start.ts'
import { createClaimPace, PATIENCE_MS } from './claim-pace.ts'
import type { OpenTurn, RunningTurn } from '../call/running-turn.ts'
import type { Run } from './run.ts'
import type { TurnPlaces } from './turn-places.ts'

export interface TurnEnding {
  /** Nothing is left that could be sent now. What waits for a time in Postgres, this turn does not know. */
  isDrained: boolean
  /** When another turn makes sense; undefined when nothing is left that this turn knows of. */
  nextTurnInMs?: number
  /** Something may wait for a time that stands in Postgres: a call left it there, or what waits was not to be had. */
  leftTimed: boolean
}

export interface RunTurnDependencies extends ClaimAndStartDependencies {
  places: Pick<TurnPlaces, 'areTaken' | 'areMany' | 'areClosed'>
}

export type RunTurn = (turn: OpenTurn, signal: AbortSignal) => Promise<TurnEnding>

// A tenth of a second's worth: what is queued meanwhile may be more urgent, and waits for what was claimed before.
const CLAIM_AHEAD_MS = 100
// A turn takes some 20 ms to begin, and waits for its window as long as PATIENCE_MS. A longer wait is Telegram's wish.
const BEGIN_EARLY_MS = 40
const LONGEST_HOLE_MS = 500
// When this process has more to do than it can, a turn waits for its share rather than ending without one.
const BUDGET_WAIT_MS = 10_000
// A turn is short, so that every bot's next one is near. While no other bot waits, a longer one is a turn less; but who answers
// people takes a bot for unserved three seconds after its turn began (packages/database, `takeReplySlot`).
const TURN_MS = 1_000
const UNCROWDED_TURN_MS = 2_000
// In a process with many turns open, a bot that came back so soon is soon back again: its turn stays, and looks again once.
const SOON_BACK_MS = 3_000
const STAY_MS = 200
// A call that hangs holds the turn open, since the next one must not begin beside it; the other chats need not wait for it.
const SLOW_CALL_MS = 1_000
// Longer than the time-out of any call, of an upload too. Were all calls slow, one after the other, the turn would never end.
const LONGEST_TURN_MS = 150_000

/**
 * Sends one bot's messages until the turn is over: claims little, starts each call when the window lets it, and waits for
 * every answer before it ends, well or with an error, so that nothing of this turn is under way when the next one begins.
 */
export function createRunTurn(dependencies: RunTurnDependencies): RunTurn {
  return async function runTurn(open, signal) {
    const calls = createCalls()
    const pace = createClaimPace()
    let stopped: { pauseMs: number } | undefined
    let leftTimed = false
    const turn: RunningTurn = {
      ...open,
      stop: (pauseMs = 0) => (stopped = { pauseMs: Math.max(pauseMs, stopped?.pauseMs ?? 0) }),
      leaveTimed() {
        leftTimed = true
        pace.wentBack()
      },
    }
    const isStopped = () =>
      stopped !== undefined || signal.aborted || calls.hasFailed() || dependencies.places.areClosed()
    let served: Served
    try {
      served = await serve({ turn, calls, pace, isStopped }, dependencies)
    } finally {
      await calls.waitForAll()
    }
    if (served.isDrained) {
      const { chatOpensInMs, isEmpty } = served
      return { isDrained: true, nextTurnInMs: chatOpensInMs, leftTimed: leftTimed || !isEmpty }
    }
    const beginsInMs = beginBefore(open.window.opensInMs(Date.now()))
    return { isDrained: false, nextTurnInMs: Math.max(beginsInMs, stopped?.pauseMs ?? 0), leftTimed }
  }
}

/** So that a turn has begun when the window opens. */
function beginBefore(opensInMs: number): number {
  return opensInMs > LONGEST_HOLE_MS ? opensInMs : Math.max(0, opensInMs - BEGIN_EARLY_MS)
}

/**
 * How it came that no more was claimed. `chatOpensInMs`: some chat had to be left out, and takes more after this time.
 * `isEmpty`: nothing at all was left; otherwise what is left was not to be had now, whatever for.
 */
type Served = { isDrained: false } | { isDrained: true; isEmpty: boolean; chatOpensInMs: number | undefined }

const EMPTY: Served = { isDrained: true, isEmpty: true, chatOpensInMs: undefined }

async function serve(run: Run, dependencies: RunTurnDependencies): Promise<Served> {
  const { turn, calls, pace } = run
  const { budget, places } = dependencies
  const startedAtMs = performance.now()
  const isSoonBack = (turn.begun.sinceLastTurnMs ?? Infinity) < SOON_BACK_MS
  while (!run.isStopped()) {
    const ageMs = performance.now() - startedAtMs
    const turnMs = places.areTaken() ? TURN_MS : UNCROWDED_TURN_MS
    if (ageMs >= turnMs) {
      if (calls.isEmpty() || ageMs >= LONGEST_TURN_MS) break
      const slowInMs = SLOW_CALL_MS - calls.longestMs()
      if (slowInMs > 0) {
        await calls.waitForAny(slowInMs)
        continue
      }
    }
    const opensInMs = turn.window.opensInMs(Date.now())
    if (opensInMs > PATIENCE_MS && calls.isEmpty()) break
    if (opensInMs > 0) {
      await calls.waitForAny(Math.min(opensInMs, PATIENCE_MS))
      continue
    }
    const wasIdle = calls.isEmpty()
    const wasEmpty = wasIdle && pace.isQueueEmpty()
    if (wasEmpty) {
      // Whatever came since the claim that found nothing behind, its wake leads to another turn.
      if (!isSoonBack || !places.areMany() || ageMs + STAY_MS >= turnMs) return EMPTY
      await calls.waitUntilIdle(STAY_MS)
    }
    const pauseMs = wasIdle ? 0 : pace.pauseMs()
    if (pauseMs > 0) {
      await calls.waitUntilIdle(pauseMs)
      continue
    }
    // Both as of now: a chat that is let go or opens while the claim is made may have been left out by it.
    const chatOpensInMs = wasIdle ? turn.window.nextChatInMs(Date.now()) : undefined
    const take = await budget.acquire(turn.window.capacity(Date.now(), CLAIM_AHEAD_MS), BUDGET_WAIT_MS)
    // Nothing was claimed: whether anything waits, the next turn will see.
    if (take === 0) break
    const outcome = await claimAndStart(run, take, dependencies)
    pace.claimed(outcome)
    if (outcome.claimed === 0 && wasEmpty) return EMPTY
    if (outcome.claimed === 0 && wasIdle) return { isDrained: true, isEmpty: false, chatOpensInMs }
  }
  return { isDrained: false }
}
