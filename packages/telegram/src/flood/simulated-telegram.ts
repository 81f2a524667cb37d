import type { ChatKind } from './chat-kind.ts'
import { createFloodWindow, type CallToken, type FloodWindow, type WindowCall } from './flood-window.ts'
import type { FloodRules } from './flood-settings.ts'

/** For tests: how one call travels. It arrives at `share` (0 to 1) of its latency. */
interface Journey {
  latencyMs: number
  share: number
}

/** What happens to the owner of the window after so many starts. */
interface Handover {
  afterStarts: number
  how: 'idle' | 'mid-flight' | 'crash' | 'garbled'
  /** How far the next owner's clock is ahead. */
  aheadMs: number
}

export interface Scenario {
  rules: FloodRules
  calls: WindowCall[]
  /** Used round and round. */
  journeys: Journey[]
  handovers: Handover[]
  /** How late the owner's timers are, round and round. */
  latenessMs?: number[]
}

export interface Arrival extends WindowCall {
  atMs: number
}

export interface Outcome {
  arrivals: Arrival[]
  endedMs: number
}

// A Monday in 2026; any instant will do.
const BEGIN_MS = 1_795_000_000_000

interface Flight {
  answeredMs: number
  /** Undefined when its owner is gone: the answer reaches nobody. */
  token: CallToken | undefined
}

/** Sends all calls through one window after another, on a clock of its own. Throws when nothing can move any more. */
export function simulate(scenario: Scenario): Outcome {
  const { rules, journeys } = scenario
  const lateness = scenario.latenessMs ?? [0]
  const pending = [...scenario.calls]
  const handovers = [...scenario.handovers].sort((a, b) => a.afterStarts - b.afterStarts)
  const arrivals: Arrival[] = []
  const owner = createOwner(rules)
  let flights: Flight[] = []
  let nowMs = BEGIN_MS

  function takeAnswers(): void {
    for (const { answeredMs, token } of flights) {
      if (answeredMs <= nowMs && token !== undefined) owner.window().answered(token, owner.clockMs(nowMs))
    }
    flights = flights.filter((flight) => flight.answeredMs > nowMs)
  }

  /** True when something happened, after which everything looks different. */
  function move(): boolean {
    const handover = handovers[0]
    const isDue = handover !== undefined && arrivals.length >= handover.afterStarts
    if (isDue && (handover.how !== 'idle' || flights.length === 0)) {
      handovers.shift()
      for (const flight of flights) flight.token = undefined
      owner.handOver(handover, nowMs)
      return true
    }
    const isWaiting = isDue && handover.how === 'idle'
    const index = isWaiting ? -1 : pending.findIndex((call) => owner.startMs(call, nowMs) <= nowMs)
    const [call] = index === -1 ? [] : pending.splice(index, 1)
    if (call === undefined) return false
    const { latencyMs, share } = pick(journeys, arrivals.length)
    flights.push({ answeredMs: nowMs + latencyMs, token: owner.window().started(call, owner.clockMs(nowMs)) })
    arrivals.push({ ...call, atMs: nowMs + latencyMs * share })
    return true
  }

  for (let step = 0; pending.length > 0; step += 1) {
    if (step > 100_000) throw new Error('the simulation does not end')
    takeAnswers()
    if (move()) continue
    const lateMs = pick(lateness, step)
    // What may start now waits for something else.
    const opensMs = pending.map((call) => owner.startMs(call, nowMs)).filter((ms) => ms > nowMs)
    const nextMs = Math.min(
      ...flights.map((flight) => flight.answeredMs),
      ...opensMs.map((ms) => ms + lateMs),
    )
    if (nextMs === Infinity) throw new Error(`stuck with ${pending.length} calls left`)
    nowMs = nextMs
  }
  return { arrivals: arrivals.sort((a, b) => a.atMs - b.atMs), endedMs: nowMs }
}

/** Whoever has the window at present, with a clock of whole milliseconds that may be off. */
function createOwner(rules: FloodRules) {
  let window = createFloodWindow(rules)
  let aheadMs = 0
  let owners = 1

  function clockMs(nowMs: number): number {
    return Math.floor(nowMs + aheadMs)
  }

  function createNext(how: Handover['how'], saved: string, nowMs: number): FloodWindow {
    owners += 1
    // Each owner has a clock of its own and has to distrust the last one's.
    const settings = { ...rules, clockId: `clock ${owners}` }
    if (how === 'garbled') return createFloodWindow(settings, saved.slice(0, -1))
    if (how !== 'crash') return createFloodWindow(settings, saved)
    const next = createFloodWindow(settings)
    next.assumeFull(clockMs(nowMs))
    return next
  }

  return {
    window: () => window,
    clockMs,
    /** In true time; never before the clock shows it. */
    startMs(call: WindowCall, nowMs: number): number {
      const startMs = window.nextStartMs(call, clockMs(nowMs))
      return startMs <= clockMs(nowMs) ? nowMs : startMs - aheadMs
    },
    handOver(handover: Handover, nowMs: number): void {
      const saved = window.save(clockMs(nowMs))
      aheadMs = handover.aheadMs
      window = createNext(handover.how, saved, nowMs)
    },
  }
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length]
  if (found === undefined) throw new Error('an empty list')
  return found
}

/** What a strict receiver objects to: both ends of a window count. */
export function findOffences(arrivals: Arrival[], rules: FloodRules): string[] {
  const byChat = Map.groupBy(arrivals, (arrival) => arrival.chat)
  return [
    ...overLimit('bot', arrivals, { limit: rules.limitPerSecond, windowMs: 1_000 }),
    ...[...byChat].flatMap(([chat, own]) => [
      ...overBurst(chat, own, rules),
      ...(isGroup(own[0]?.chatKind)
        ? overLimit(chat, own, { limit: rules.groupLimit, windowMs: rules.groupWindowMs })
        : []),
    ]),
  ]
}

function isGroup(kind: ChatKind | undefined): boolean {
  return kind === 'group' || kind === 'channel'
}

function overLimit(who: string, arrivals: Arrival[], rule: { limit: number; windowMs: number }): string[] {
  let first = 0
  let sum = 0
  return arrivals.flatMap(({ atMs, cost }) => {
    sum += Math.min(cost, rule.limit)
    for (let oldest = arrivals[first]; oldest !== undefined && oldest.atMs < atMs - rule.windowMs;) {
      sum -= Math.min(oldest.cost, rule.limit)
      first += 1
      oldest = arrivals[first]
    }
    return sum > rule.limit ? [`${who}: ${sum} of ${rule.limit} in ${rule.windowMs} ms`] : []
  })
}

function overBurst(chat: string, arrivals: Arrival[], rules: FloodRules): string[] {
  let content = 0
  let lastMs = -Infinity
  return arrivals.flatMap(({ atMs, cost }) => {
    content = Math.max(0, content - ((atMs - lastMs) * rules.chatPerSecond) / 1_000)
    lastMs = atMs
    const isOver = content + Math.min(cost, rules.chatBurst) > rules.chatBurst + 1e-6
    content += cost
    return isOver ? [`${chat}: ${content} of ${rules.chatBurst}`] : []
  })
}
