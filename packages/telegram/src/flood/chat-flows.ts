import { createChatFlow, fullBucket, type ChatFlow } from './chat-flow.ts'
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
  const flows = new Map(saved.chats.map((chat) => [chat.chat, createChatFlow(rules, clock, chat)]))
  const refillMs =
    Math.max((fullBucket(rules) * 1_000) / rules.chatPerSecond, rules.groupWindowMs) + rules.guardMs
  let filledMs = saved.filledMs

  /** A chat first seen after everything was assumed full is full as of then. */
  function meet(chat: string): ChatFlow {
    const known = flows.get(chat)
    if (known !== undefined) return known
    const flow = createChatFlow(rules, clock)
    flows.set(chat, flow)
    if (filledMs > -Infinity) flow.fill(filledMs)
    return flow
  }

  function flowFor({ chat, chatKind }: ChatCall): ChatFlow {
    const flow = meet(chat)
    if (flow.becomes(chatKind) && filledMs > -Infinity) flow.fillWindow(filledMs)
    return flow
  }

  return {
    nextStartMs(call) {
      const isFresh = !flows.has(call.chat) && filledMs === -Infinity
      return isFresh ? -Infinity : flowFor(call).nextStartMs(call.cost)
    },
    started: (call) => flowFor(call).started(call.cost),
    answered(call, answeredMs) {
      flowFor(call).answered(call.cost, answeredMs)
      if (filledMs + refillMs <= answeredMs) filledMs = -Infinity
      forgetSome(flows, answeredMs)
    },
    cool: (chat, untilMs) => meet(chat).cool(untilMs),
    isSuspect: (chat, nowMs) => flows.get(chat)?.isSuspect(nowMs) ?? false,
    busyAt: (atMs) => [...flows].filter(([, flow]) => flow.nextStartMs(1) > atMs).map(([chat]) => chat),
    nextOpeningMs(nowMs) {
      const openings = [...flows.values()]
        .map((flow) => flow.nextStartMs(1))
        .filter((openMs) => openMs > nowMs)
      const nextMs = openings.reduce((least, openMs) => Math.min(least, openMs), Infinity)
      return nextMs === Infinity ? undefined : nextMs
    },
    fill(atMs) {
      filledMs = atMs
      for (const flow of flows.values()) flow.fill(atMs)
    },
    filledMs: (nowMs) => (filledMs + refillMs > nowMs ? filledMs : -Infinity),
    save: (nowMs) =>
      [...flows]
        .filter(([, flow]) => !flow.isForgettable(nowMs))
        .map(([chat, flow]) => ({ chat, ...flow.save(nowMs) })),
    size: () => flows.size,
  }
}

const LOOKED_AT_PER_CALL = 2

/** A few at a time, round and round: no call pays for a walk through all of them, and no idle chat stays for long. */
function forgetSome(flows: Map<string, ChatFlow>, nowMs: number): void {
  let looked = 0
  for (const [chat, flow] of flows) {
    if (looked >= LOOKED_AT_PER_CALL) return
    looked += 1
    flows.delete(chat)
    if (!flow.isForgettable(nowMs)) flows.set(chat, flow)
  }
}
