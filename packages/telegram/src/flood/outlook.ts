import type { BotFlow } from './bot-flow.ts'
import type { ChatFlows } from './chat-flows.ts'
import type { SteadyClock } from './steady-clock.ts'

/** What an owner asks before it knows which message is next: how many to fetch, and for which chats in vain. */
export interface Outlook {
  /** Milliseconds until some chat may be written to, 0 for at once; Infinity while only an answer can tell. */
  opensInMs(nowMs: number): number
  /** How many single messages to different chats may start from now until then. */
  capacity(nowMs: number, aheadMs: number): number
  /** Chats that cannot take a message at this instant. Costs a walk through the chats of the last seconds. */
  busyChats(atMs: number): string[]
  /** Milliseconds until the next of these opens; undefined when there is none, or only an answer can tell. */
  nextChatInMs(nowMs: number): number | undefined
}

export function createOutlook(dependencies: {
  bot: BotFlow
  chats: ChatFlows
  clock: SteadyClock
  /** The steady instant of a reading of the system's clock. */
  read: (nowMs: number) => number
}): Outlook {
  const { bot, chats, clock, read } = dependencies
  return {
    opensInMs(nowMs) {
      const steadyMs = read(nowMs)
      return Math.max(0, Math.ceil(bot.nextStartMs(1, steadyMs) - steadyMs))
    },
    capacity(nowMs, aheadMs) {
      const steadyMs = read(nowMs)
      return bot.capacity(steadyMs, steadyMs + aheadMs)
    },
    // Not read: it may lie ahead, and the clock must not be taken there.
    busyChats: (atMs) => chats.busyAt(clock.fromSystemMs(atMs)),
    nextChatInMs(nowMs) {
      const steadyMs = read(nowMs)
      const nextMs = chats.nextOpeningMs(steadyMs)
      return nextMs === undefined ? undefined : Math.ceil(nextMs - steadyMs)
    },
  }
}
