import { createAdaptiveLimit } from './adaptive-limit.ts'
import type { FloodRules } from './flood-settings.ts'
import type { SavedWindow } from './saved-window.ts'
import { createSlidingWindow } from './sliding-window.ts'
import type { SteadyClock } from './steady-clock.ts'

/** What a bot has sent in the last second, whatever the chat. Instants are steady milliseconds. */
export interface BotFlow {
  nextStartMs(cost: number, nowMs: number): number
  /** How many calls of cost 1 may start from now until `endMs`. */
  capacity(nowMs: number, endMs: number): number
  started(cost: number, nowMs: number): void
  answered(cost: number, answeredMs: number): void
  /** Nothing until this instant of the system's clock. */
  cool(untilMs: number): void
  /** It was refused as a whole: lowers the limit, if the bot was busy at all. */
  refused(nowMs: number): void
  fill(filledMs: number): void
  /** So many a second are somebody else's, until another number is said. */
  leaveFree(perSecond: number): void
  perSecondAt(nowMs: number): number
  /** How long its limit has to be remembered. */
  lastsMs(nowMs: number): number
  save(nowMs: number): Omit<SavedWindow, 'savedMs' | 'clockId' | 'filledMs' | 'chats'>
}

// A late timer may be made up for by so many slots, or so many milliseconds when these are more: lateness must not add up
// to a lower rate.
const CATCH_UP_SLOTS = 2
const CATCH_UP_MS = 10

export function createBotFlow(rules: FloodRules, clock: SteadyClock, saved: SavedWindow): BotFlow {
  const limit = createAdaptiveLimit(rules.limitPerSecond, saved.limit)
  const window = createSlidingWindow({ windowMs: 1_000, guardMs: rules.guardMs })
  for (const { cost, answeredMs } of saved.answers) window.add(cost, answeredMs)
  // When the next call is due at an even pace.
  let slotMs = saved.slotMs
  // By the system's clock, as Telegram and Postgres mean it.
  let coolUntilMs = saved.coolUntilMs
  let leftPerSecond = 0

  /** One a second always remains: less would starve the bot for good. */
  function ownPerSecond(nowMs: number): number {
    return Math.max(1, limit.perSecondAt(nowMs) - leftPerSecond)
  }

  function wholeLimit(nowMs: number): number {
    return Math.floor(ownPerSecond(nowMs))
  }

  function paceMs(nowMs: number): number {
    return 1_000 / ownPerSecond(nowMs)
  }

  /** The first slot that can still be made up for. */
  function firstSlotMs(nowMs: number): number {
    return Math.max(slotMs, nowMs - Math.max(CATCH_UP_MS, CATCH_UP_SLOTS * paceMs(nowMs)))
  }

  return {
    nextStartMs: (cost, nowMs) =>
      Math.max(clock.fromSystemMs(coolUntilMs), slotMs, window.nextStartMs(cost, wholeLimit(nowMs))),
    capacity(nowMs, endMs) {
      const firstMs = Math.max(firstSlotMs(nowMs), clock.fromSystemMs(coolUntilMs))
      const slots = Math.max(0, Math.floor((endMs - firstMs) / paceMs(nowMs)) + 1)
      return Math.min(slots, window.roomAt(endMs, wholeLimit(nowMs)))
    },
    started(cost, nowMs) {
      slotMs = firstSlotMs(nowMs) + paceMs(nowMs) * Math.min(cost, wholeLimit(nowMs))
      window.started(cost)
    },
    answered: (cost, answeredMs) => window.answered(cost, answeredMs),
    cool(untilMs) {
      coolUntilMs = Math.max(coolUntilMs, untilMs)
    },
    refused(nowMs) {
      // Refused while it hardly sent anything: then its rate was not why (a restart, too many bots behind one address).
      const isBusy = window.roomAt(nowMs, wholeLimit(nowMs)) <= wholeLimit(nowMs) / 2
      if (isBusy) limit.lower(nowMs, clock.fromSystemMs(coolUntilMs))
    },
    leaveFree(perSecond) {
      leftPerSecond = perSecond
    },
    fill: (filledMs) => window.add(rules.limitPerSecond, filledMs),
    perSecondAt: (nowMs) => limit.perSecondAt(nowMs),
    lastsMs: (nowMs) => limit.lastsMs(nowMs),
    save(nowMs) {
      const answers = window.answeredSince(nowMs)
      const underWay = window.underWay()
      if (underWay > 0) answers.push({ cost: underWay, answeredMs: nowMs + rules.lostCallMs })
      return { limit: limit.state(), slotMs, coolUntilMs, answers }
    },
  }
}
