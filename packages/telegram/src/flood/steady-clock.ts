/**
 * A clock that never runs backwards, for instants that must stay comparable with `Date.now()` of other processes.
 *
 * When the system's clock is set back, what was "an hour from now" would block a bot for that hour. From then on this one
 * runs beside it, by the same difference, as if nothing had happened. A leap forward cannot be told from time that passed.
 */
export interface SteadyClock {
  /** The steady instant of a reading of the system's clock, epoch milliseconds both. */
  read(nowMs: number): number
  /** Back to the system's clock, for instants handed out. */
  toSystemMs(steadyMs: number): number
  /** The steady instant of one on the system's clock, which may lie ahead. */
  fromSystemMs(systemMs: number): number
}

/** @param start the latest instant known already, and how much to distrust the system's clock against it */
export function createSteadyClock(start: { latestMs: number; behindMs: number }): SteadyClock {
  let latestMs = start.latestMs
  let offsetMs = -start.behindMs
  return {
    read(nowMs) {
      offsetMs = Math.max(offsetMs, latestMs - nowMs)
      latestMs = nowMs + offsetMs
      return latestMs
    },
    toSystemMs: (steadyMs) => steadyMs - offsetMs,
    fromSystemMs: (systemMs) => systemMs + offsetMs,
  }
}
