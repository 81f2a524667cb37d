import type { RunningTurn } from '../call/running-turn.ts'
import type { Calls } from './calls.ts'
import type { ClaimPace } from './claim-pace.ts'

/** A turn under way, as the one who runs it sees it. */
export interface Run {
  turn: RunningTurn
  calls: Calls
  isStopped: () => boolean
  pace: ClaimPace
}
