import type { ChatKind } from './chat-kind.ts'
import { createFloodWindow, type CallToken, type WindowCall } from './flood-window.ts'
import type { FloodWindowSettings } from './flood-settings.ts'

/** For tests: a Telegram that refuses, and a sender that obeys, a turn of about a second at a time. */
export interface StrictScenario {
  settings: FloodWindowSettings
  /** What it takes in any second without saying so, from an instant of the run on. */
  hidden: { sinceMs: number; perSecond: number }[]
  latencyMs: { min: number; max: number }
  /** By the number of the call: refused although nothing was wrong with it. */
  accident?: (call: number) => Accident | undefined
  /** In [0, 1). */
  random: () => number
  /** Chats to write to, one message each time; until it ends or the time is up. */
  queue: Iterable<{ chat: string; chatKind?: ChatKind }>
  forMs: number
}

export interface Accident {
  scope: 'bot' | 'chat'
  seconds: number
}

/** Instants are milliseconds of the run. */
export interface StrictOutcome {
  accepted: { chat: string; number: number; atMs: number }[]
  /** Without those that came while silence was asked for, which are only counted. */
  refusedMs: number[]
  refusedInSilence: number
  /** The sender's limit after each refusal. */
  limits: number[]
  endedMs: number
}

interface Waiting {
  number: number
  call: WindowCall
}

interface Flight extends Waiting {
  token: CallToken
  arrivesMs: number
  answeredMs: number
  accident: Accident | undefined
  /** Known once it has arrived; 0 for accepted. */
  retryAfterMs?: number
}

const BEGIN_MS = 1_795_000_000_000
// Messages looked through for one that may start.
const AHEAD = 20
const TURN_MS = 1_000
const LONGEST_SECONDS = 3_600
const MOST_STEPS = 1_000_000

export function runStrict(scenario: StrictScenario): StrictOutcome {
  const sender = createSender(scenario)
  const receiver = createReceiver(scenario)
  let nowMs = 0
  for (let step = 0; ; step += 1) {
    if (step > MOST_STEPS) throw new Error('the run does not end')
    receiver.receive(sender.flights().filter(({ arrivesMs }) => arrivesMs <= nowMs))
    sender.land(nowMs)
    if (sender.isDone() || nowMs >= scenario.forMs) break
    const nextMs = sender.startOne(nowMs)
    if (nextMs === Infinity) throw new Error('stuck with calls left')
    nowMs = nextMs
  }
  return { endedMs: nowMs, ...sender.outcome, ...receiver.counts() }
}

/** Sends in the order of the queue, of each chat one call at a time; what is refused keeps its place. */
function createSender(scenario: StrictScenario) {
  const { settings, latencyMs, random } = scenario
  const source = scenario.queue[Symbol.iterator]()
  const outcome: Pick<StrictOutcome, 'accepted' | 'limits'> = { accepted: [], limits: [] }
  let window = createFloodWindow(settings)
  let waiting: Waiting[] = []
  let flights: Flight[] = []
  let [taken, started, turnBeganMs] = [0, 0, 0]

  function refill(): void {
    while (waiting.length < AHEAD) {
      const next = source.next()
      if (next.done === true) return
      const { chat, chatKind = 'private' } = next.value
      waiting.push({ number: taken++, call: { chat, chatKind, cost: 1 } })
    }
  }

  function settle({ number, call, token, arrivesMs, retryAfterMs = 0 }: Flight, nowMs: number): void {
    window.answered(token, BEGIN_MS + nowMs)
    if (retryAfterMs === 0) {
      outcome.accepted.push({ chat: call.chat, number, atMs: arrivesMs })
      return
    }
    window.flooded(call.chat, BEGIN_MS + nowMs + retryAfterMs, BEGIN_MS + nowMs)
    outcome.limits.push(window.limitPerSecond(BEGIN_MS + nowMs))
    waiting = [...waiting, { number, call }].toSorted((a, b) => a.number - b.number)
  }

  function start({ number, call }: Waiting, nowMs: number): void {
    const tookMs = latencyMs.min + (latencyMs.max - latencyMs.min) * random()
    const token = window.started(call, BEGIN_MS + nowMs)
    started += 1
    const accident = scenario.accident?.(started)
    const times = { arrivesMs: nowMs + tookMs * random(), answeredMs: Math.ceil(nowMs + tookMs) }
    flights.push({ number, call, token, accident, ...times })
    waiting = waiting.filter((other) => other.number !== number)
  }

  return {
    outcome,
    flights: () => flights,
    isDone: () => waiting.length === 0 && flights.length === 0,
    land(nowMs: number): void {
      for (const flight of flights.filter(({ answeredMs }) => answeredMs <= nowMs)) settle(flight, nowMs)
      flights = flights.filter(({ answeredMs }) => answeredMs > nowMs)
      if (flights.length === 0 && nowMs - turnBeganMs >= TURN_MS) {
        window = createFloodWindow(settings, window.save(BEGIN_MS + nowMs))
        turnBeganMs = nowMs
      }
      refill()
    },
    /** Answers when to look again: at once when a call was started. */
    startOne(nowMs: number): number {
      const busy = new Set(flights.map(({ call }) => call.chat))
      let nextMs = flights.reduce((least, { answeredMs }) => Math.min(least, answeredMs), Infinity)
      for (const next of waiting) {
        if (busy.has(next.call.chat)) continue
        busy.add(next.call.chat)
        const startMs = window.nextStartMs(next.call, BEGIN_MS + nowMs) - BEGIN_MS
        if (startMs <= nowMs) {
          start(next, nowMs)
          return nowMs
        }
        nextMs = Math.min(nextMs, startMs)
      }
      return nextMs
    },
  }
}

/** As strict as the emulator: a refusal of the bot costs a second, and twice as much each time while the last is fresh. */
function createReceiver({ hidden }: StrictScenario) {
  const forgetMs = 600_000
  const silentUntilMs = new Map<string, number>()
  const refusedMs: number[] = []
  let arrivals: number[] = []
  let offences = 0
  let refusedInSilence = 0

  function silence(who: string, atMs: number, seconds: number): number {
    silentUntilMs.set(who, atMs + seconds * 1_000)
    refusedMs.push(atMs)
    return seconds * 1_000
  }

  function judge({ call, arrivesMs: atMs, accident }: Flight): number {
    const untilMs = Math.max(silentUntilMs.get('bot') ?? 0, silentUntilMs.get(call.chat) ?? 0)
    if (untilMs > atMs) {
      refusedInSilence += 1
      return Math.ceil((untilMs - atMs) / 1_000) * 1_000
    }
    if (accident !== undefined) {
      return silence(accident.scope === 'bot' ? 'bot' : call.chat, atMs, accident.seconds)
    }
    arrivals = arrivals.filter((before) => before > atMs - 1_000)
    const limit = hidden.findLast(({ sinceMs }) => sinceMs <= atMs)?.perSecond ?? Infinity
    if (arrivals.length >= limit) {
      if (atMs > (silentUntilMs.get('bot') ?? 0) + forgetMs) offences = 0
      return silence('bot', atMs, Math.min(2 ** offences++, LONGEST_SECONDS))
    }
    arrivals.push(atMs)
    return 0
  }

  return {
    /** In the order of their arrival, whatever the order of their start. */
    receive(flights: Flight[]): void {
      const fresh = flights.filter(({ retryAfterMs }) => retryAfterMs === undefined)
      for (const flight of fresh.toSorted((a, b) => a.arrivesMs - b.arrivesMs))
        flight.retryAfterMs = judge(flight)
    },
    counts: () => ({ refusedMs, refusedInSilence }),
  }
}
