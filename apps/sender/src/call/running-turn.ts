import type { BegunTurn } from '@postino/database'
import type { SendingApi, FloodWindow } from '@postino/telegram'

/** A bot taken over by this process, and all that is needed to send for it. */
export interface OpenTurn {
  begun: BegunTurn
  api: SendingApi
  window: FloodWindow
}

/** A turn under way, as the deliveries in it see it. */
export interface RunningTurn extends OpenTurn {
  /** No further call of this turn, and the next turn not before so many milliseconds. */
  stop: (pauseMs?: number) => void
  /** A message of this turn waits for a time that stands in Postgres: the end of the turn has to ask for it. */
  leaveTimed: () => void
}
