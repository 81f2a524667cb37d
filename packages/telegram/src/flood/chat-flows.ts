import { createChatFlow, fullBucket, type Chat, type ChatFlow } from './chat-flow.ts'
import type { ChatKind } from './chat-kind.ts'
import type { FloodRules } from './flood-settings.ts'
import type { SavedChat } from './saved-window.ts'
import type { SteadyClock } from './steady-clock.ts'

/** The chats a bot wrote to lately, and those that must not be written to. Instants are steady milliseconds. */
export interface ChatFlows {
  nextStartMs(call: ChatCall): number
  started(call: ChatCall): void
  answered(call: ChatCall, answeredMs: number): void
  /** Nothing to the chat until this instant of the system's clock. */
  cool(chat: string, untilMs: number): void
  /** True when the chat's own traffic may be why Telegram refused a call to it. */
  isSuspect(chat: string, nowMs: number): boolean
  /** Chats a message could not go to at this instant. */
  busyAt(atMs: number): string[]
  /** The next instant after `nowMs` at which such a chat opens; undefined when there is none to wait for. */
  nextOpeningMs(nowMs: number): number | undefined
  /** As if every chat, known or not, had just got all it may have. */
  fill(filledMs: number): void
  /** The last such instant while it still matters, else -Infinity. */
  filledMs(nowMs: number): number
  save(nowMs: number): SavedChat[]
  size(): number
}

export interface ChatCall {
  chat: string
  chatKind: ChatKind
  cost: number
}

export interface ChatFlowsDependencies {
  rules: FloodRules
  clock: SteadyClock
  saved: { chats: SavedChat[]; filledMs: number }
}

export function createChatFlows({ rules, clock, saved }: ChatFlowsDependencies): ChatFlows {
  const flow = createChatFlow(rules, clock)
  const chats = new Map(saved.chats.map((chat) => [chat.chat, flow.meet(chat)]))
  const refillMs =
    Math.max((fullBucket(rules) * 1_000) / rules.chatPerSecond, rules.groupWindowMs) + rules.guardMs
  let filledMs = saved.filledMs
  const forgetSome = createForgetting(chats, flow)

  /** A chat first seen after everything was assumed full is full as of then. */
  function meet(name: string): Chat {
    const known = chats.get(name)
    if (known !== undefined) return known
    const chat = flow.meet()
    chats.set(name, chat)
    if (filledMs > -Infinity) flow.fill(chat, filledMs)
    return chat
  }

  function chatOf({ chat: name, chatKind }: ChatCall): Chat {
    const chat = meet(name)
    if (flow.becomes(chat, chatKind) && filledMs > -Infinity) flow.fillWindow(chat, filledMs)
    return chat
  }

  return {
    nextStartMs(call) {
      const isFresh = filledMs === -Infinity && !chats.has(call.chat)
      return isFresh ? -Infinity : flow.nextStartMs(chatOf(call), call.cost)
    },
    started: (call) => flow.started(chatOf(call), call.cost),
    answered(call, answeredMs) {
      flow.answered(chatOf(call), call.cost, answeredMs)
      if (filledMs + refillMs <= answeredMs) filledMs = -Infinity
      forgetSome(answeredMs)
    },
    cool: (name, untilMs) => flow.cool(meet(name), untilMs),
    isSuspect(name, nowMs) {
      const chat = chats.get(name)
      return chat !== undefined && flow.isSuspect(chat, nowMs)
    },
    busyAt(atMs) {
      const busy: string[] = []
      for (const [name, chat] of chats) if (flow.nextStartMs(chat, 1) > atMs) busy.push(name)
      return busy
    },
    nextOpeningMs(nowMs) {
      let nextMs = Infinity
      for (const chat of chats.values()) {
        const openMs = flow.nextStartMs(chat, 1)
        if (openMs > nowMs && openMs < nextMs) nextMs = openMs
      }
      return nextMs === Infinity ? undefined : nextMs
    },
    fill(atMs) {
      filledMs = atMs
      for (const chat of chats.values()) flow.fill(chat, atMs)
    },
    filledMs: (nowMs) => (filledMs + refillMs > nowMs ? filledMs : -Infinity),
    save(nowMs) {
      const kept: SavedChat[] = []
      for (const [name, chat] of chats) {
        if (!flow.isForgettable(chat, nowMs)) kept.push({ chat: name, ...flow.save(chat, nowMs) })
      }
      return kept
    },
    size: () => chats.size,
  }
}

const LOOKED_AT_PER_CALL = 2

/** A few at a time, round and round: no call pays for a walk through all of them, and no idle chat stays for long. */
function createForgetting(chats: Map<string, Chat>, flow: ChatFlow): (nowMs: number) => void {
  let look = chats.entries()
  return (nowMs) => {
    for (let looked = 0; looked < LOOKED_AT_PER_CALL; looked++) {
      const next = look.next()
      if (next.done === true) {
        look = chats.entries()
        return
      }
      const [name, chat] = next.value
      if (flow.isForgettable(chat, nowMs)) chats.delete(name)
    }
  }
}
