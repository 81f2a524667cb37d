/** How many turns this process has open, of how many it may have. */
export interface TurnPlaces {
  /** Takes one for as long as the turn lasts. */
  hold<T>(turn: Promise<T>): Promise<T>
  /** Other bots may be waiting for one: turns should be short. */
  areTaken(): boolean
  /** Many bots have turns, and none has to wait: a turn that stays open saves this process from beginning the next. */
  areMany(): boolean
  /** This process ends: what its turns have not begun, others may. */
  close(): void
  areClosed(): boolean
}

// Fewer are open in a process that has little to do, where a turn lasts as long as its calls. There a message must not wait,
// and looking again costs more than the turns that are saved: with 60 bots and six messages a second each it did.
const MANY = 100

export function createTurnPlaces(limit: number): TurnPlaces {
  let held = 0
  let isClosed = false
  return {
    async hold(turn) {
      held += 1
      try {
        return await turn
      } finally {
        held -= 1
      }
    },
    areTaken: () => held >= limit,
    areMany: () => held >= MANY && held < limit,
    close() {
      isClosed = true
    },
    areClosed: () => isClosed,
  }
}
