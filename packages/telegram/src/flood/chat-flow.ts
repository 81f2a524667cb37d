import { createChatBucket, type BucketLevel } from './chat-bucket.ts'
import type { ChatKind } from './chat-kind.ts'
import type { FloodRules } from './flood-settings.ts'
import type { SavedChat } from './saved-window.ts'
import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts'
import type { SteadyClock } from './steady-clock.ts'

/** What is known of one chat. */
export interface Chat extends BucketLevel {
  kind: ChatKind
  /** Of a group or channel. */
  window: SlidingWindow | undefined
  /** By the system's clock, as Telegram and Postgres mean it. */
  coolUntilMs: number
}

/** What a chat has got lately, and whether it may get more. Instants are steady milliseconds. */
export interface ChatFlow {
  /** A chat as it was saved, or one that got nothing yet. */
  meet(saved?: SavedChat): Chat
  /** It turns out to be a group or channel: from then on the window of those counts too. True when it was not known. */
  becomes(chat: Chat, kind: ChatKind): boolean
  nextStartMs(chat: Chat, cost: number): number
  started(chat: Chat, cost: number): void
  answered(chat: Chat, cost: number, answeredMs: number): void
  /** As if it had just got all it may have. */
  fill(chat: Chat, filledMs: number): void
  fillWindow(chat: Chat, filledMs: number): void
  /** Nothing until this instant of the system's clock. */
  cool(chat: Chat, untilMs: number): void
  /** True when it got more than one message lately, or was refused lately. */
  isSuspect(chat: Chat, nowMs: number): boolean
  isForgettable(chat: Chat, nowMs: number): boolean
  save(chat: Chat, nowMs: number): Omit<SavedChat, 'chat'>
}

// A chat that was refused once may be refused for its past again: for so long its next refusals are put down to itself.
const SUSPECT_MS = 60_000

export function createChatFlow(rules: FloodRules, clock: SteadyClock): ChatFlow {
  const { groupWindowMs: windowMs, guardMs } = rules
  const bucket = createChatBucket({ perSecond: rules.chatPerSecond, burst: rules.chatBurst, guardMs })

  function becomes(chat: Chat, kind: ChatKind): boolean {
    if (kind === 'private' || chat.window !== undefined) return false
    chat.kind = kind
    chat.window = createSlidingWindow({ windowMs, guardMs })
    return true
  }

  return {
    meet(saved) {
      const chat: Chat = {
        kind: 'private',
        window: undefined,
        content: 0,
        contentMs: -Infinity,
        underWayCost: 0,
        coolUntilMs: saved?.coolUntilMs ?? -Infinity,
      }
      if (saved === undefined) return chat
      becomes(chat, saved.kind)
      bucket.add(chat, saved.content, saved.contentMs)
      for (const { cost, answeredMs } of saved.answers) chat.window?.add(cost, answeredMs)
      return chat
    },
    becomes,
    nextStartMs(chat, cost) {
      const windowStartMs = chat.window?.nextStartMs(cost, rules.groupLimit) ?? -Infinity
      return Math.max(clock.fromSystemMs(chat.coolUntilMs), bucket.nextStartMs(chat, cost), windowStartMs)
    },
    started(chat, cost) {
      chat.underWayCost += cost
      chat.window?.started(cost)
    },
    answered(chat, cost, answeredMs) {
      bucket.answered(chat, cost, answeredMs)
      chat.window?.answered(cost, answeredMs)
    },
    fill(chat, filledMs) {
      bucket.add(chat, fullBucket(rules), filledMs)
      chat.window?.add(rules.groupLimit, filledMs)
    },
    fillWindow: (chat, filledMs) => chat.window?.add(rules.groupLimit, filledMs),
    cool(chat, untilMs) {
      chat.coolUntilMs = Math.max(chat.coolUntilMs, untilMs)
      // A burst right after the wait would only be refused again: one, and then at the chat's pace.
      bucket.raiseTo(chat, rules.chatBurst - 1, clock.fromSystemMs(untilMs))
    },
    isSuspect(chat, nowMs) {
      const inWindow = chat.window?.answeredSince(nowMs).reduce((sum, { cost }) => sum + cost, 0) ?? 0
      const wasRefused = clock.fromSystemMs(chat.coolUntilMs) + SUSPECT_MS > nowMs
      return wasRefused || bucket.contentAt(chat, nowMs) + chat.underWayCost > 1 || inWindow > 1
    },
    isForgettable: (chat, nowMs) =>
      bucket.isIdle(chat, nowMs) &&
      chat.window?.isIdle(nowMs) !== false &&
      clock.fromSystemMs(chat.coolUntilMs) + SUSPECT_MS <= nowMs,
    save: (chat, nowMs) => ({
      kind: chat.kind,
      content: bucket.contentAt(chat, nowMs) + chat.underWayCost,
      coolUntilMs: chat.coolUntilMs,
      ...answersOf(chat, { nowMs, lostMs: nowMs + rules.lostCallMs }),
    }),
  }
}

/** A call still under way is saved as one answered when it must have ended. */
function answersOf(
  { window, underWayCost, contentMs }: Chat,
  { nowMs, lostMs }: { nowMs: number; lostMs: number },
): Pick<SavedChat, 'contentMs' | 'answers'> {
  const answers = window?.answeredSince(nowMs) ?? []
  // The content is true of now, or of later when the last answer is yet to come.
  if (underWayCost === 0) return { contentMs: Math.max(nowMs, contentMs), answers }
  if (window !== undefined) answers.push({ cost: underWayCost, answeredMs: lostMs })
  return { contentMs: lostMs, answers }
}

/** The most a chat's bucket can hold: an empty one takes an album whole, whatever the burst. */
export function fullBucket(rules: FloodRules): number {
  return Math.max(rules.chatBurst, rules.largestCost)
}
