import type { BegunTurn, Claim, ClaimRequest } from '@postino/database'
import { createBotApi, createFloodWindow, createTelegramTransport, type FloodWindow } from '@postino/telegram'
import { createCallSlots } from './call-slots.ts'
import { createClaimBudget } from './claim-budget.ts'
import type { RunTurnDependencies } from './run-turn.ts'
import type { RunningTurn } from '../call/running-turn.ts'
import { callOf, type ClaimedMessage } from '../claimed-message.ts'

/** For tests: one message that waits in one chat. */
export interface SimulatedMessage {
  id: string
  chatId: string
}

export interface SimulatedBot extends RunTurnDependencies {
  begun: BegunTurn
  /** Sent, in this order. */
  sent: SimulatedMessage[]
  givenBack: SimulatedMessage[]
  waiting: () => SimulatedMessage[]
  /** Calls that are not answered yet. */
  underWay: () => SimulatedMessage[]
  requests: ClaimRequest[]
}

/** How long each call takes, by its message; claims, by their number. */
export interface Delays {
  callMs: (message: SimulatedMessage) => number
  claimMs: (count: number) => number
}

/**
 * For tests: a bot's queue as Postgres keeps it, and a Telegram that says yes, on whatever clock the test has. `during`
 * is called in the middle of a call, with the turn.
 */
export function createSimulatedBot(
  messages: SimulatedMessage[],
  delays: Delays,
  during: (turn: RunningTurn, message: SimulatedMessage) => void = () => undefined,
): SimulatedBot {
  const waiting = [...messages]
  const sent: SimulatedMessage[] = []
  const givenBack: SimulatedMessage[] = []
  const requests: ClaimRequest[] = []
  const calls = new Set<SimulatedMessage>()

  function takeHeads({ take, busyChats }: ClaimRequest): SimulatedMessage[] {
    const seen = new Set(busyChats)
    const heads = waiting.filter(({ chatId }) => !seen.has(chatId) && seen.add(chatId)).slice(0, take)
    for (const head of heads) waiting.splice(waiting.indexOf(head), 1)
    return heads
  }

  return {
    begun: BEGUN,
    sent,
    givenBack,
    requests,
    waiting: () => waiting,
    underWay: () => [...calls],
    async claim(request) {
      requests.push(request)
      const claimMs = delays.claimMs(requests.length)
      // What a claim sees lies somewhere between its start and its end.
      await passed(claimMs / 2)
      const seen = waiting.length
      const heads = takeHeads(request)
      await passed(claimMs / 2)
      return heads.map((head) => ({ ...claimOf(head), seen }))
    },
    async deliver(turn, { id, chatId }) {
      const message = { id, chatId }
      const token = turn.window.started(callOf(message), Date.now())
      calls.add(message)
      const callMs = delays.callMs(message)
      await passed(callMs / 2)
      during(turn, message)
      await passed(callMs / 2)
      turn.window.answered(token, Date.now())
      calls.delete(message)
      sent.push(message)
    },
    slots: createCallSlots(1_000),
    budget: createClaimBudget(),
    places: { areTaken: () => true, areMany: () => false, areClosed: () => false },
    async giveBack({ id, chatId }) {
      givenBack.push({ id, chatId })
      // Into its place: ids tell the order.
      const place = waiting.findIndex((other) => Number(other.id) > Number(id))
      waiting.splice(place === -1 ? waiting.length : place, 0, { id, chatId })
    },
    metrics: { claimed: () => undefined, settled: () => undefined },
  }
}

export function openWindow(limitPerSecond = 30, saved?: string): FloodWindow {
  return createFloodWindow({ limitPerSecond }, saved)
}

// Never called: the simulated Telegram needs no client.
const API_ROOT = 'http://127.0.0.1:9'
export const UNUSED_API = createBotApi({
  token: '1:unused',
  apiRoot: API_ROOT,
  transport: createTelegramTransport({ apiRoot: API_ROOT, connections: 1 }),
})

const BEGUN: BegunTurn = {
  shopId: '1',
  botId: '2',
  telegramId: '3',
  epoch: '4',
  token: { keyId: 'test', ciphertext: Buffer.alloc(0) },
  coolingChats: [],
  clockBehindMs: { least: 0, most: 0 },
  hasSentAlbums: false,
  hasTimed: false,
  isTalking: false,
}

function claimOf({ id, chatId }: SimulatedMessage): Claim & ClaimedMessage {
  return {
    status: 'sending',
    shopId: BEGUN.shopId,
    botId: BEGUN.botId,
    epoch: BEGUN.epoch,
    id,
    lane: 0,
    registrationId: chatId,
    chatId,
    content: { html: id, buttons: [], silent: false },
    attempts: 0,
    acceptedAtMs: 0,
    seen: 1,
    isTalking: false,
  }
}

/** A timer of the clock the test has; none for no time. */
function passed(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))
}
