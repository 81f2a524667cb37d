import { setTimeout as sleep } from 'node:timers/promises'
import type { BegunTurn, Claim, ClaimRequest } from '@postino/database'
import type { FloodWindow } from '@postino/telegram'
import type { Deliver } from './deliver.ts'
import { callOf, type ClaimedMessage } from './settle.ts'

// A turn is short, so that every bot's next one is near.
const TURN_MS = 1_000
// A quarter second's worth: what is claimed later may be more urgent.
const CLAIM_AHEAD_MS = 250
// With nothing to send within this time, the place is better given to another bot.
const PATIENCE_MS = 50
// A call that hangs holds the turn open, since the next one must not begin beside it; the other chats need not wait for it.
const SLOW_CALL_MS = 1_000

export interface RunTurnDependencies {
  claim: (request: ClaimRequest) => Promise<Claim[]>
  deliver: Deliver
  giveBack: (begun: BegunTurn, message: ClaimedMessage) => Promise<void>
}

/** When another turn makes sense; undefined when nothing is left that this turn knows of. */
export interface TurnEnding {
  nextTurnInMs?: number
}

export type RunTurn = (begun: BegunTurn, window: FloodWindow, signal: AbortSignal) => Promise<TurnEnding>

/**
 * Sends one bot's messages until the turn is over: claims little, starts each call when the window lets it, and waits for
 * every answer before it returns, so that nothing of this turn is under way when the next one begins.
 */
export function createRunTurn({ claim, deliver, giveBack }: RunTurnDependencies): RunTurn {
  return async function runTurn(begun, window, signal) {
    const endsAtMs = Date.now() + TURN_MS
    const stop = new AbortController()
    const stopped = AbortSignal.any([signal, stop.signal])
    const calls = createCalls()

    const isOver = () => stopped.aborted || (Date.now() >= endsAtMs && !calls.hasSlow())

    const start = async (message: ClaimedMessage) => {
      const isOpen = await waitForWindow({ window, message, calls, stopped })
      if (!isOpen) return await giveBack(begun, message)
      calls.add(message.chatId, deliver({ begun, message, window, stopTurn: () => stop.abort() }))
    }

    let isDrained = false
    while (!isOver()) {
      const opensInMs = window.opensInMs(Date.now())
      if (opensInMs > PATIENCE_MS && calls.isEmpty()) break
      if (opensInMs > 0) {
        await calls.waitForAny(Math.min(opensInMs, PATIENCE_MS))
        continue
      }
      const claims = await claim({
        shopId: begun.shopId,
        botId: begun.botId,
        epoch: begun.epoch,
        take: window.capacity(Date.now(), CLAIM_AHEAD_MS),
        busyChats: [...new Set([...calls.chats(), ...window.busyChats(Date.now() + PATIENCE_MS)])],
      })
      for (const message of claims) if (message.status === 'sending') await start(message)
      isDrained = claims.length === 0
      if (isDrained && calls.isEmpty()) break
      if (isDrained) await calls.waitForAny(PATIENCE_MS)
    }
    await calls.waitForAll()
    const nowMs = Date.now()
    return { nextTurnInMs: isDrained ? window.nextChatInMs(nowMs) : window.opensInMs(nowMs) }
  }
}

/** The calls of a turn that are not answered yet, one per chat at most. */
function createCalls() {
  const calls = new Map<string, { startedAtMs: number; answered: Promise<void> }>()
  return {
    add(chatId: string, delivery: Promise<void>) {
      const answered = delivery.finally(() => calls.delete(chatId))
      calls.set(chatId, { startedAtMs: Date.now(), answered })
    },
    chats: () => calls.keys(),
    isEmpty: () => calls.size === 0,
    hasSlow: () => calls.values().some((call) => Date.now() - call.startedAtMs > SLOW_CALL_MS),
    async waitForAny(limitMs: number) {
      const waiting = new AbortController()
      // Aborted as soon as an answer comes: then nobody waits for the timer any more.
      const timer = sleep(limitMs, undefined, { signal: waiting.signal }).catch(() => undefined)
      await Promise.race([...calls.values().map((call) => call.answered), timer])
      waiting.abort()
    },
    async waitForAll() {
      await Promise.all(calls.values().map((call) => call.answered))
    },
  }
}

/** False when the turn was stopped meanwhile. The window may depend on answers that are still to come. */
async function waitForWindow(wait: {
  window: FloodWindow
  message: ClaimedMessage
  calls: ReturnType<typeof createCalls>
  stopped: AbortSignal
}): Promise<boolean> {
  while (!wait.stopped.aborted) {
    const waitMs = wait.window.nextStartMs(callOf(wait.message), Date.now()) - Date.now()
    if (waitMs <= 0) return true
    await wait.calls.waitForAny(Math.min(waitMs, PATIENCE_MS))
  }
  return false
}
