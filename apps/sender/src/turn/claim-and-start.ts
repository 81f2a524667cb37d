import type { Claim, ClaimRequest } from '@postino/database'
import { REPLY_SHARE_PER_SECOND } from '@postino/telegram'
import type { ClaimBudget } from './claim-budget.ts'
import type { CallSlots } from './call-slots.ts'
import { PATIENCE_MS, type ClaimOutcome } from './claim-pace.ts'
import type { Deliver } from '../call/deliver.ts'
import type { SenderMetrics } from '../metrics.ts'
import { callOf, type ClaimedMessage } from '../claimed-message.ts'
import type { Run } from './run.ts'

export interface ClaimAndStartDependencies {
  claim: (request: ClaimRequest) => Promise<Claim[]>
  deliver: Deliver
  slots: Pick<CallSlots, 'isFree' | 'waitForFree'>
  budget: ClaimBudget
  /** Puts a message back into its place that was claimed and not called for. */
  giveBack: (message: ClaimedMessage) => Promise<void>
  metrics: Pick<SenderMetrics, 'claimed' | 'settled'>
}

// What was claimed may be called for within this time of the claim's beginning. Whoever was frozen meanwhile, and lost the
// bot to another sender, must not call: a lock outlives its last renewal by 5 s at least.
const CLAIM_VALID_MS = 4_000
// And within this time of its end: STOP works within a second, and the right to send was checked by the claim.
const START_WITHIN_MS = 750

// So many of a bot's places are for reminders and bulk, however many transactional messages wait.
const SPARE_SHARE = 0.1

/**
 * Claims some messages and starts them, each in its time; what cannot start soon goes back.
 *
 * @param take granted by the budget of this process
 */
export async function claimAndStart(
  run: Run,
  take: number,
  dependencies: ClaimAndStartDependencies,
): Promise<ClaimOutcome> {
  const { budget, giveBack } = dependencies
  const validUntilMs = performance.now() + CLAIM_VALID_MS
  let unspent = take
  try {
    const claims = await claimFor(run, take, dependencies)
    const startUntilMs = Math.min(validUntilMs, performance.now() + START_WITHIN_MS)
    const messages = claims.filter((claim) => claim.status === 'sending')
    budget.unused(take - messages.length)
    unspent = messages.length
    const late: ClaimedMessage[] = []
    for (const message of messages) {
      const isStarted = await startInTime(run, { message, startUntilMs }, dependencies)
      unspent -= 1
      if (isStarted) budget.called(1)
      else {
        budget.unused(1)
        late.push(message)
      }
    }
    await Promise.all(late.map(giveBack))
    const isLast = late.length === 0 && claims[0]?.seen === claims.length
    return { claimed: claims.length, isFull: costOf(messages) >= take, isLast }
  } finally {
    budget.unused(unspent)
    budget.done()
  }
}

async function claimFor(
  { turn, calls }: Run,
  take: number,
  { claim, metrics }: ClaimAndStartDependencies,
): Promise<Claim[]> {
  const { shopId, botId, epoch } = turn.begun
  const busyChats = [...new Set([...calls.chats(), ...turn.window.busyChats(Date.now() + PATIENCE_MS)])]
  const claims = await claim({ shopId, botId, epoch, take, spare: spareOf(take, Math.random()), busyChats })
  metrics.claimed(claims)
  const [first] = claims
  if (first !== undefined) turn.window.leaveFree(first.isTalking ? REPLY_SHARE_PER_SECOND : 0)
  for (const claimed of claims) {
    if (claimed.status !== 'sending') metrics.settled(claimed.status, claimed.reason)
  }
  return claims
}

/** The share of the places, rounded by chance: a bot that claims one at a time gives one of ten. */
function spareOf(take: number, random: number): number {
  return Math.floor(take * SPARE_SHARE + random)
}

function costOf(messages: ClaimedMessage[]): number {
  return messages.reduce((sum, message) => sum + callOf(message).cost, 0)
}

/** Starts a call as soon as the window lets it and a slot is free; false when that is not in time. */
async function startInTime(
  { turn, calls, isStopped }: Run,
  { message, startUntilMs }: { message: ClaimedMessage; startUntilMs: number },
  { deliver, slots }: ClaimAndStartDependencies,
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
      calls.add(message.chatId, deliver(turn, message))
      return true
    }
    const waitMs = Math.min(opensAtMs - nowMs, leftMs, PATIENCE_MS)
    if (opensAtMs === Infinity) await calls.waitForAny(waitMs)
    // A chat that opens later than that is known to the window from now on, and left out by the next claim.
    else if (opensAtMs - nowMs > leftMs) return false
    // No answer opens the window any sooner: each is one more that it has to hold.
    else await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
}
