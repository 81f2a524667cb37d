import { UNTOUCHED_LIMIT } from './adaptive-limit.ts'
import { createBotFlow } from './bot-flow.ts'
import { createChatFlows, type ChatCall } from './chat-flows.ts'
import { withDefaults, type FloodRules, type FloodWindowSettings } from './flood-settings.ts'
import { createOutlook, type Outlook } from './outlook.ts'
import { createRefusalScope, type RefusalScope } from './refusal-scope.ts'
import { decodeWindow, encodeWindow, type SavedWindow } from './saved-window.ts'
import { createSteadyClock, type SteadyClock } from './steady-clock.ts'

/** A call that counts: a send or an edit, 1 each; an album costs its items. */
export type WindowCall = ChatCall

/** Stands for one started call until it is answered. */
export interface CallToken {
  readonly call: WindowCall
  isAnswered: boolean
}

/**
 * When one bot's next call may start, so that Telegram never sees more than its limits. It has no timer and no clock: each
 * method is given the time, `Date.now()` of a host in step with the others, since its state moves between processes.
 *
 * Only one owner at a time may use a bot's window, and has to report every attempt, failed ones too: a call counts from its
 * start until its answer, or the error that came instead, and for one window after that.
 */
export interface FloodWindow extends Outlook {
  /** The earliest start, epoch ms; at most `nowMs` when it may start now; Infinity while only an answer can tell. */
  nextStartMs(call: WindowCall, nowMs: number): number
  /** Counts a call from now on, also one that did not wait for its time. */
  started(call: WindowCall, nowMs: number): CallToken
  /** Its answer has come, or surely will not. Once for each token; a second time does nothing. */
  answered(token: CallToken, nowMs: number): void

  /**
   * A 429 for this chat: nothing to it until then. Says whom it was meant for, which Telegram never does: the bot, when
   * this was the only recent call to the chat, or when another chat was refused within two seconds. Then the whole bot is
   * silent until then, and if it was at all busy, its limit falls by a fifth.
   */
  flooded(chat: string, untilMs: number, nowMs: number): RefusalScope
  /** Nothing to this chat until then. */
  floodedChat(chat: string, untilMs: number): void
  /** Nothing at all until then. */
  floodedBot(untilMs: number): void
  /** So many messages a second of the bot are sent by somebody else, until another number is said; 0 at first. */
  leaveFree(perSecond: number): void
  /** The present limit per second, for a metric. */
  limitPerSecond(nowMs: number): number

  /** For the next owner: what still matters at `nowMs`. Meant for the end of a turn, when no call is under way. */
  save(nowMs: number): string
  /** How long a saved state is of use: a minute, for the chats, and while its limit is lowered longer. */
  lastsMs(nowMs: number): number
  /** The last owner left no state, or left it in a crash: whatever it may have sent, it is as if it had just done so. */
  assumeFull(nowMs: number): void
  /** Chats it remembers at present. */
  size(): number
}

/**
 * @param saved what `save` of the last owner gave; undefined for a bot that sent nothing in the last minute. An unreadable
 *   text means the same as a crash.
 */
export function createFloodWindow(settings: FloodWindowSettings, saved?: string): FloodWindow {
  const rules = withDefaults(settings)
  const decoded = saved === undefined ? undefined : decodeWindow(saved)
  const before = decoded ?? emptyWindow(rules.clockId)
  const clock = clockAfter(before, rules)
  const bot = createBotFlow(rules, clock, before)
  const chats = createChatFlows({ rules, clock, saved: before })
  const scopeOf = createRefusalScope((chat, nowMs) => chats.isSuspect(chat, nowMs))
  let isUnknown = saved !== undefined && decoded === undefined

  /** Every method's first step. */
  function read(nowMs: number): number {
    const steadyMs = clock.read(nowMs)
    if (isUnknown) fill(steadyMs)
    return steadyMs
  }

  function fill(steadyMs: number): void {
    isUnknown = false
    bot.fill(steadyMs + rules.lostCallMs)
    chats.fill(steadyMs + rules.lostCallMs)
  }

  return {
    nextStartMs(call, nowMs) {
      const steadyMs = read(nowMs)
      const startMs = Math.max(bot.nextStartMs(call.cost, steadyMs), chats.nextStartMs(call))
      // Whole milliseconds, as timers and clocks have them.
      return startMs <= steadyMs ? nowMs : Math.ceil(clock.toSystemMs(startMs))
    },
    started(call, nowMs) {
      bot.started(call.cost, read(nowMs))
      chats.started(call)
      return { call, isAnswered: false }
    },
    answered(token, nowMs) {
      if (token.isAnswered) return
      token.isAnswered = true
      const steadyMs = read(nowMs)
      bot.answered(token.call.cost, steadyMs)
      chats.answered(token.call, steadyMs)
    },

    ...createOutlook({ bot, chats, clock, read }),

    flooded(chat, untilMs, nowMs) {
      const steadyMs = read(nowMs)
      const scope = scopeOf(chat, steadyMs)
      chats.cool(chat, untilMs)
      if (scope === 'chat') return scope
      bot.cool(untilMs)
      bot.refused(steadyMs)
      return scope
    },
    floodedChat: (chat, untilMs) => chats.cool(chat, untilMs),
    floodedBot: (untilMs) => bot.cool(untilMs),
    leaveFree: (perSecond) => bot.leaveFree(perSecond),
    limitPerSecond: (nowMs) => bot.perSecondAt(read(nowMs)),

    save(nowMs) {
      const steadyMs = read(nowMs)
      const state: SavedWindow = {
        ...bot.save(steadyMs),
        savedMs: nowMs,
        clockId: rules.clockId,
        filledMs: chats.filledMs(steadyMs),
        chats: chats.save(steadyMs),
      }
      return encodeWindow(state, steadyMs)
    },
    lastsMs: (nowMs) => Math.max(rules.groupWindowMs, bot.lastsMs(read(nowMs))),
    assumeFull: (nowMs) => fill(clock.read(nowMs)),
    size: () => chats.size(),
  }
}

function clockAfter({ savedMs, clockId }: SavedWindow, rules: FloodRules): SteadyClock {
  return createSteadyClock({ latestMs: savedMs, behindMs: clockId === rules.clockId ? 0 : rules.clockSkewMs })
}

function emptyWindow(clockId: string): SavedWindow {
  const never = -Infinity
  const none = { savedMs: never, slotMs: never, coolUntilMs: never, filledMs: never }
  return { ...none, clockId, limit: UNTOUCHED_LIMIT, answers: [], chats: [] }
}
