import type { ChatKind } from './chat-flow.ts'
import { createFloodWindow, type CallToken, type FloodWindow, type WindowCall } from './flood-window.ts'
import type { FloodRules } from './flood-settings.ts'

/** For tests: how one call travels. It arrives at `share` (0 to 1) of its latency. */
export interface Journey {
  latencyMs: number
  share: number
}

/** What happens to the owner of the window after so many starts. */
export interface Handover {
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
  arrivesMs: number
  answeredMs: number
  call: WindowCall
  /** Gone with its owner: the answer reaches nobody. */
  token: CallToken | undefined
}

/** Sends all calls through one window after another, on a clock of its own. Throws when nothing can move any more. */
export function simulate(scenario: Scenario): Outcome {
  const { rules, journeys } = scenario
  const lateness = scenario.latenessMs ?? [0]
  const pending = [...scenario.calls]
  const handovers = [...scenario.handovers].sort((a, b) => a.afterStarts - b.afterStarts)
  const arrivals: Arrival[] = []
  let flights: Flight[] = []
  let nowMs = BEGIN_MS
  let started = 0
  let steps = 0
  // The owner's clock: whole milliseconds, and off by so much.
  let aheadMs = 0
  let owner = createFloodWindow(rules)
  const systemMs = () => Math.floor(nowMs + aheadMs)

  function deliver(): void {
    for (const flight of flights) {
      if (flight.answeredMs > nowMs) continue
      if (flight.token !== undefined) owner.answered(flight.token, systemMs())
    }
    flights = flights.filter((flight) => flight.answeredMs > nowMs)
  }

  function start(call: WindowCall): void {
    const { latencyMs, share } = pick(journeys, started)
    const token = owner.started(call, systemMs())
    const arrivesMs = nowMs + latencyMs * share
    arrivals.push({ ...call, atMs: arrivesMs })
    flights.push({ arrivesMs, answeredMs: nowMs + latencyMs, call, token })
    started += 1
  }

  function handOver(handover: Handover): void {
    const saved = owner.save(systemMs())
    for (const flight of flights) flight.token = undefined
    aheadMs = handover.aheadMs
    owner = nextOwner(handover, saved)
  }

  function nextOwner({ how }: Handover, saved: string): FloodWindow {
    // Each owner has a clock of its own, so that each has to distrust the last one's.
    const settings = { ...rules, clockId: `clock ${handovers.length}` }
    if (how === 'garbled') return createFloodWindow(settings, saved.slice(0, -1))
    if (how !== 'crash') return createFloodWindow(settings, saved)
    const next = createFloodWindow(settings)
    next.assumeFull(systemMs())
    return next
  }

  while (pending.length > 0) {
    steps += 1
    if (steps > 100_000) throw new Error('the simulation does not end')
    deliver()
    const handover = handovers[0]
    if (
      handover !== undefined &&
      started >= handover.afterStarts &&
      (handover.how !== 'idle' || flights.length === 0)
    ) {
      handovers.shift()
      handOver(handover)
      continue
    }
    const isWaiting = handover?.how === 'idle' && started >= handover.afterStarts
    const startable = isWaiting
      ? -1
      : pending.findIndex((call) => owner.nextStartMs(call, systemMs()) <= systemMs())
    const call = pending[startable]
    if (call !== undefined) {
      pending.splice(startable, 1)
      start(call)
      continue
    }
    const opensMs = pending.map(
      (waiting) => owner.nextStartMs(waiting, systemMs()) - aheadMs + pick(lateness, steps),
    )
    const nextMs = [...flights.map((flight) => flight.answeredMs), ...(isWaiting ? [] : opensMs)].reduce(
      (least, ms) => Math.min(least, ms),
      Infinity,
    )
    if (nextMs === Infinity) throw new Error(`stuck with ${pending.length} calls left`)
    nowMs = Math.max(nowMs, nextMs)
  }
  arrivals.sort((a, b) => a.atMs - b.atMs)
  return { arrivals, endedMs: nowMs }
}

export function pick<T>(list: readonly T[], index: number): T {
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
