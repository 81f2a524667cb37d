import type { Claim, ClaimRequest } from '@postino/database'
import type { CallSlots } from './call-slots.ts'
import type { ClaimOutcome } from './claim-pace.ts'
import type { Deliver } from './deliver.ts'
import type { SenderMetrics } from './metrics.ts'
import { callOf, type ClaimedMessage } from './settle.ts'
import { PATIENCE_MS, type Run } from './turn.ts'

export interface ClaimAndStartDependencies {
  claim: (request: ClaimRequest) => Promise<Claim[]>
  deliver: Deliver
  slots: CallSlots
  /** Puts a message back into its place that was claimed and not called for. */
  giveBack: (message: ClaimedMessage) => Promise<void>
  metrics: Pick<SenderMetrics, 'claimed' | 'settled'>
}

// A quarter second's worth: what is claimed later may be more urgent.
const CLAIM_AHEAD_MS = 250
// What was claimed may be called for within this time of the claim's beginning. Whoever was frozen meanwhile, and lost the
// bot to another sender, must not call: a lock outlives its last renewal by 5 s at least.
const CLAIM_VALID_MS = 4_000
// And within this time of its end: STOP works within a second, and the right to send was checked by the claim.
const START_WITHIN_MS = 750

// So many of a bot's places are for reminders and bulk, however many transactional messages wait.
const SPARE_SHARE = 0.1

/** Claims some messages and starts them, each in its time; what cannot start soon goes back. */
export async function claimAndStart(
  run: Run,
  mostTaken: number,
  { claim, deliver, slots, giveBack, metrics }: ClaimAndStartDependencies,
): Promise<ClaimOutcome> {
  const { turn, calls } = run
  const { shopId, botId, epoch } = turn.begun
  const validUntilMs = performance.now() + CLAIM_VALID_MS
  const nowMs = Date.now()
  const take = Math.min(mostTaken, turn.window.capacity(nowMs, CLAIM_AHEAD_MS))
  const claims = await claim({
    shopId,
    botId,
    epoch,
    take,
    spare: spareOf(take, Math.random()),
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
    const start = () => calls.add(message.chatId, slots.hold(deliver(turn, message)))
    if (!(await startInTime(run, { message, start, startUntilMs, slots }))) late.push(message)
  }
  await Promise.all(late.map(giveBack))
  const isFull = costOf(claims) >= take
  const isLast = late.length === 0 && claims[0]?.seen === claims.length
  return { claimed: claims.length, late: late.length, isFull, isLast }
}

/** The share of the places, rounded by chance: a bot that claims one at a time gives one of ten. */
function spareOf(take: number, random: number): number {
  return Math.floor(take * SPARE_SHARE + random)
}

function costOf(claims: Claim[]): number {
  return claims.reduce((sum, claim) => sum + (claim.status === 'sending' ? callOf(claim).cost : 0), 0)
}

interface Start {
  message: ClaimedMessage
  start: () => void
  /** On the clock of performance.now(). */
  startUntilMs: number
  slots: CallSlots
}

/** Starts a call as soon as the window lets it and a slot is free; false when that is not in time. */
async function startInTime(
  { turn, calls, isStopped }: Run,
  { message, start, startUntilMs, slots }: Start,
): Promise<boolean> {
  for (;;) {
    const leftMs = startUntilMs - performance.now()
    if (leftMs <= 0 || isStopped()) return false
    if (!slots.isFree()) {
      await slots.waitForFree(Math.min(leftMs, PATIENCE_MS))
      continue
    }
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
