import type { BegunTurn, Claim, ClaimRequest } from '@postino/database'
import type { BotApi, FloodWindow } from '@postino/telegram'
import { createCalls, type Calls } from './calls.ts'
import type { Deliver } from './deliver.ts'
import type { SenderMetrics } from './metrics.ts'
import { callOf, type ClaimedMessage } from './settle.ts'

/** A bot taken over by this process, and all that is needed to send for it. */
export interface OpenTurn {
  begun: BegunTurn
  api: BotApi
  window: FloodWindow
}

/** A turn under way, as the deliveries in it see it. */
export interface RunningTurn extends OpenTurn {
  /** No further call of this turn, and the next turn not before so many milliseconds. */
  stop: (pauseMs?: number) => void
}

export interface TurnEnding {
  /** Nothing is left that could be sent now. What waits for a time in Postgres, this turn does not know. */
  isDrained: boolean
  /** When another turn makes sense; undefined when nothing is left that this turn knows of. */
  nextTurnInMs?: number
}

export type RunTurn = (turn: OpenTurn, signal: AbortSignal) => Promise<TurnEnding>

export interface RunTurnDependencies {
  claim: (request: ClaimRequest) => Promise<Claim[]>
  deliver: Deliver
  /** Puts a message back into its place that was claimed and not called for. */
  giveBack: (message: ClaimedMessage) => Promise<void>
  metrics: Pick<SenderMetrics, 'claimed' | 'settled'>
}

// A turn is short, so that every bot's next one is near.
const TURN_MS = 1_000
// A quarter second's worth: what is claimed later may be more urgent.
const CLAIM_AHEAD_MS = 250
// With nothing to send within this time, the place is better given to another bot.
const PATIENCE_MS = 50
// A call that hangs holds the turn open, since the next one must not begin beside it; the other chats need not wait for it.
const SLOW_CALL_MS = 1_000
// Longer than the time-out of a call. Were all calls slow, one after the other, the turn would never end.
const LONGEST_TURN_MS = 30_000
// What was claimed may be called for within this time of the claim's beginning. Whoever was frozen meanwhile, and lost the
// bot to another sender, must not call: a lock outlives its last renewal by 5 s at least.
const CLAIM_VALID_MS = 4_000
// And within this time of its end: STOP works within a second, and the right to send was checked by the claim.
const START_WITHIN_MS = 750

/**
 * Sends one bot's messages until the turn is over: claims little, starts each call when the window lets it, and waits for
 * every answer before it ends, well or with an error, so that nothing of this turn is under way when the next one begins.
 */
export function createRunTurn(dependencies: RunTurnDependencies): RunTurn {
  return async function runTurn(open, signal) {
    const calls = createCalls()
    let stopped: { pauseMs: number } | undefined
    const turn: RunningTurn = {
      ...open,
      stop: (pauseMs = 0) => (stopped = { pauseMs: Math.max(pauseMs, stopped?.pauseMs ?? 0) }),
    }
    const isStopped = () => stopped !== undefined || signal.aborted || calls.hasFailed()
    let served: Served
    try {
      served = await serve({ turn, calls, isStopped }, dependencies)
    } finally {
      await calls.waitForAll()
    }
    if (served.isDrained) return { isDrained: true, nextTurnInMs: served.chatOpensInMs }
    const opensInMs = open.window.opensInMs(Date.now())
    return { isDrained: false, nextTurnInMs: Math.max(opensInMs, stopped?.pauseMs ?? 0) }
  }
}

interface Run {
  turn: RunningTurn
  calls: Calls
  isStopped: () => boolean
}

/** How it came that no more was claimed. `chatOpensInMs`: some chat had to be left out, and takes more after this time. */
type Served = { isDrained: false } | { isDrained: true; chatOpensInMs: number | undefined }

async function serve(run: Run, dependencies: RunTurnDependencies): Promise<Served> {
  const { turn, calls } = run
  const startedAtMs = performance.now()
  while (!run.isStopped()) {
    const ageMs = performance.now() - startedAtMs
    if (ageMs >= TURN_MS) {
      if (calls.isEmpty() || ageMs >= LONGEST_TURN_MS) break
      const slowInMs = SLOW_CALL_MS - calls.longestMs()
      if (slowInMs > 0) {
        await calls.waitForAny(slowInMs)
        continue
      }
    }
    const opensInMs = turn.window.opensInMs(Date.now())
    if (opensInMs > PATIENCE_MS && calls.isEmpty()) break
    if (opensInMs > 0) {
      await calls.waitForAny(Math.min(opensInMs, PATIENCE_MS))
      continue
    }
    // Both as of now: a chat that is let go or opens while the claim is made may have been left out by it.
    const wasIdle = calls.isEmpty()
    const chatOpensInMs = turn.window.nextChatInMs(Date.now())
    const claimed = await claimAndStart(run, dependencies)
    if (claimed > 0) continue
    if (wasIdle) return { isDrained: true, chatOpensInMs }
    await calls.waitForAny(PATIENCE_MS)
  }
  return { isDrained: false }
}

/** Claims some messages and starts them, each in its time; what cannot start soon goes back. Answers how many there were. */
async function claimAndStart(
  run: Run,
  { claim, deliver, giveBack, metrics }: RunTurnDependencies,
): Promise<number> {
  const { turn, calls } = run
  const { shopId, botId, epoch } = turn.begun
  const validUntilMs = performance.now() + CLAIM_VALID_MS
  const nowMs = Date.now()
  const claims = await claim({
    shopId,
    botId,
    epoch,
    take: turn.window.capacity(nowMs, CLAIM_AHEAD_MS),
    busyChats: [...new Set([...calls.chats(), ...turn.window.busyChats(nowMs + PATIENCE_MS)])],
  })
  metrics.claimed(claims)
  const startUntilMs = Math.min(validUntilMs, performance.now() + START_WITHIN_MS)
  const late: ClaimedMessage[] = []
  for (const message of claims) {
    if (message.status !== 'sending') {
      metrics.settled(message.status, message.reason)
      continue
    }
    const start = () => calls.add(message.chatId, deliver(turn, message))
    if (!(await startInTime(run, { message, start, startUntilMs }))) late.push(message)
  }
  await Promise.all(late.map(giveBack))
  return claims.length
}

/** Starts a call as soon as the window lets it; false when that is not in time. */
async function startInTime(
  { turn, calls, isStopped }: Run,
  { message, start, startUntilMs }: { message: ClaimedMessage; start: () => void; startUntilMs: number },
): Promise<boolean> {
  for (;;) {
    const leftMs = startUntilMs - performance.now()
    if (leftMs <= 0 || isStopped()) return false
    const nowMs = Date.now()
    // Of one chat one call at a time, also while it has two ids: what was queued before a group moved carries the old one.
    const opensAtMs = calls.has(message.chatId) ? Infinity : turn.window.nextStartMs(callOf(message), nowMs)
    // Without a pause after the look: the window counts the call before anybody asks it again.
    if (opensAtMs <= nowMs) {
      start()
      return true
    }
    const waitMs = opensAtMs - nowMs
    // A chat that opens later than that is known to the window from now on, and left out by the next claim.
    if (waitMs > leftMs && waitMs !== Infinity) return false
    await calls.waitForAny(Math.min(waitMs, leftMs, PATIENCE_MS))
  }
}
