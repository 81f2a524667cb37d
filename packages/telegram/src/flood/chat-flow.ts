import { createChatBucket } from './chat-bucket.ts'
import type { ChatKind } from './chat-kind.ts'
import type { FloodRules } from './flood-settings.ts'
import type { SavedChat } from './saved-window.ts'
import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts'
import type { SteadyClock } from './steady-clock.ts'

/** What one chat has got lately, and whether it may get more. Instants are steady milliseconds. */
export interface ChatFlow {
  /** It turns out to be a group or channel: from then on the window of those counts too. True when it was not known. */
  becomes(kind: ChatKind): boolean
  nextStartMs(cost: number): number
  started(cost: number): void
  answered(cost: number, answeredMs: number): void
  /** As if it had just got all it may have. */
  fill(filledMs: number): void
  fillWindow(filledMs: number): void
  /** Nothing until this instant of the system's clock. */
  cool(untilMs: number): void
  /** True when it got more than one message lately, or was refused lately. */
  isSuspect(nowMs: number): boolean
  isForgettable(nowMs: number): boolean
  save(nowMs: number): Omit<SavedChat, 'chat'>
}

// A chat that was refused once may be refused for its past again: for so long its next refusals are put down to itself.
const SUSPECT_MS = 60_000

export function createChatFlow(rules: FloodRules, clock: SteadyClock, saved?: SavedChat): ChatFlow {
  const { groupWindowMs: windowMs, guardMs } = rules
  const bucket = createChatBucket({ perSecond: rules.chatPerSecond, burst: rules.chatBurst, guardMs })
  let kind: ChatKind = 'private'
  let window: SlidingWindow | undefined
  // By the system's clock, as Telegram and Postgres mean it.
  let coolUntilMs = -Infinity

  function becomes(asKind: ChatKind): boolean {
    if (asKind === 'private' || window !== undefined) return false
    kind = asKind
    window = createSlidingWindow({ windowMs, guardMs })
    return true
  }

  function restore(from: SavedChat): void {
    becomes(from.kind)
    bucket.add(from.content, from.contentMs)
    for (const { cost, answeredMs } of from.answers) window?.add(cost, answeredMs)
    coolUntilMs = from.coolUntilMs
  }
  if (saved !== undefined) restore(saved)

  return {
    becomes,
    nextStartMs(cost) {
      const windowStartMs = window?.nextStartMs(cost, rules.groupLimit) ?? -Infinity
      return Math.max(clock.fromSystemMs(coolUntilMs), bucket.nextStartMs(cost), windowStartMs)
    },
    started(cost) {
      bucket.started(cost)
      window?.started(cost)
    },
    answered(cost, answeredMs) {
      bucket.answered(cost, answeredMs)
      window?.answered(cost, answeredMs)
    },
    fill(filledMs) {
      bucket.add(fullBucket(rules), filledMs)
      window?.add(rules.groupLimit, filledMs)
    },
    fillWindow: (filledMs) => window?.add(rules.groupLimit, filledMs),
    cool(untilMs) {
      coolUntilMs = Math.max(coolUntilMs, untilMs)
      // A burst right after the wait would only be refused again: one, and then at the chat's pace.
      bucket.raiseTo(rules.chatBurst - 1, clock.fromSystemMs(untilMs))
    },
    isSuspect(nowMs) {
      const inWindow = window?.answeredSince(nowMs).reduce((sum, { cost }) => sum + cost, 0) ?? 0
      const wasRefused = clock.fromSystemMs(coolUntilMs) + SUSPECT_MS > nowMs
      return wasRefused || bucket.contentAt(nowMs) + bucket.underWay() > 1 || inWindow > 1
    },
    isForgettable: (nowMs) =>
      bucket.isIdle(nowMs) &&
      window?.isIdle(nowMs) !== false &&
      clock.fromSystemMs(coolUntilMs) + SUSPECT_MS <= nowMs,
    save(nowMs) {
      // A call still under way is saved as one answered when it must have ended.
      const lostMs = nowMs + rules.lostCallMs
      const underWay = bucket.underWay()
      const content = bucket.contentAt(nowMs) + underWay
      const answers = window?.answeredSince(nowMs) ?? []
      if (window !== undefined && underWay > 0) answers.push({ cost: underWay, answeredMs: lostMs })
      return {
        kind,
        content,
        contentMs: underWay > 0 ? lostMs : bucket.fullSinceMs(nowMs),
        answers,
        coolUntilMs,
      }
    },
  }
}

/** The most a chat's bucket can hold: an empty one takes an album whole, whatever the burst. */
export function fullBucket(rules: FloodRules): number {
  return Math.max(rules.chatBurst, rules.largestCost)
}
