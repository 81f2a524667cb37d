import { createAnswerLog, type AnsweredCost } from './answer-log.ts'

/** At most `limit` in any `windowMs`, counted where the calls arrive. All instants are one clock's milliseconds. */
export interface SlidingWindow {
  /**
   * The earliest start of a call; Infinity while only an answer still to come can tell.
   *
   * A call dearer than the whole limit passes alone, when nothing else is in the window.
   */
  nextStartMs(cost: number, limit: number): number
  /** How much may start at this instant and still be within the limit. */
  roomAt(startMs: number, limit: number): number
  started(cost: number): void
  /** Instants must not decrease; an earlier one counts as the latest. */
  answered(cost: number, answeredMs: number): void
  /** The same for a call this window did not see start. */
  add(cost: number, answeredMs: number): void
  /** Nothing is under way and nothing matters any more. */
  isIdle(nowMs: number): boolean
  underWay(): number
  /** The answers that still matter, oldest first. */
  answeredSince(nowMs: number): AnsweredCost[]
}

/**
 * The receiver counts arrivals, we know starts and answers; an arrival lies somewhere between. Take any set of calls that
 * arrive within one window, and of these the one that started last, at s: whatever was answered at s − windowMs or before
 * had arrived by then and is not in the set. So it is enough that, whenever a call starts, the calls answered later than
 * that, those not answered yet and the new one stay within the limit together, and no latency can break it.
 *
 * @param rule.guardMs for clocks that cut off fractions, and for a receiver that counts both ends of its window
 */
export function createSlidingWindow(rule: { windowMs: number; guardMs: number }): SlidingWindow {
  const lifeMs = rule.windowMs + rule.guardMs
  const log = createAnswerLog()
  let underWayCost = 0

  return {
    nextStartMs(cost, limit) {
      const room = limit - Math.min(cost, limit) - underWayCost
      return room < 0 ? Infinity : log.lastInstantBefore(room) + lifeMs
    },
    roomAt: (startMs, limit) => Math.max(0, limit - underWayCost - log.costAfter(startMs - lifeMs)),
    started(cost) {
      underWayCost += cost
    },
    answered(cost, answeredMs) {
      underWayCost = Math.max(0, underWayCost - cost)
      log.forget(answeredMs - lifeMs)
      log.add(cost, answeredMs)
    },
    add: (cost, answeredMs) => log.add(cost, answeredMs),
    isIdle: (nowMs) => underWayCost === 0 && log.latestMs() + lifeMs <= nowMs,
    underWay: () => underWayCost,
    answeredSince: (nowMs) => log.since(nowMs - lifeMs),
  }
}
