import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRunTurn, type TurnEnding } from './run-turn.ts'
import type { RunningTurn } from '../call/running-turn.ts'
import {
  createSimulatedBot,
  openWindow,
  UNUSED_API,
  type Delays,
  type SimulatedBot,
  type SimulatedMessage,
} from './simulated-bot.ts'

const NEVER = new AbortController().signal
const QUICK: Delays = { callMs: () => 20, claimMs: () => 2 }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
})

afterEach(() => {
  vi.useRealTimers()
})

/** Lets the clock run until the promise is settled. */
async function elapse<T>(promise: Promise<T>): Promise<T> {
  const clock = { runs: true }
  // One who awaits it sees how it ended.
  const ended = promise.finally(() => (clock.runs = false))
  ended.catch(() => undefined)
  while (clock.runs) await vi.advanceTimersToNextTimerAsync()
  return await ended
}

function messagesTo(...chatIds: string[]): SimulatedMessage[] {
  return chatIds.map((chatId, index) => ({ id: String(index + 1), chatId }))
}

function manyChats(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(100 + index))
}

function run(bot: SimulatedBot, { window = openWindow(), signal = NEVER } = {}): Promise<TurnEnding> {
  return elapse(createRunTurn(bot)({ begun: bot.begun, api: UNUSED_API, window }, signal))
}

test('a turn sends what waits, in order, and ends when nothing is left', async () => {
  const bot = createSimulatedBot(messagesTo('7', '8', '7'), QUICK)
  expect(await run(bot)).toEqual({ isDrained: true, nextTurnInMs: undefined, leftTimed: false })
  expect(bot.sent.map(({ id }) => id)).toEqual(['1', '2', '3'])
  expect(bot.requests[0]).toMatchObject({ shopId: '1', botId: '2', epoch: '4', busyChats: [] })
})

test('when a claim leaves nothing behind, the turn ends without another one', async () => {
  const bot = createSimulatedBot(messagesTo('7', '8'), QUICK)
  expect(await run(bot)).toEqual({ isDrained: true, nextTurnInMs: undefined, leftTimed: false })
  expect(bot.requests).toHaveLength(1)
})

test('a turn that gets nothing of what waits, for a reason it does not see, has Postgres asked for the time', async () => {
  const bot = createSimulatedBot(messagesTo('7'), QUICK)
  // Such as a bot that another process has silenced meanwhile.
  const claim = async () => []
  expect(await run({ ...bot, claim })).toMatchObject({ isDrained: true, leftTimed: true })
})

test('what goes back into the queue during a turn is asked for before it ends', async () => {
  const bot = createSimulatedBot(messagesTo('7'), QUICK, (turn) => turn.leaveTimed())
  expect(await run(bot)).toEqual({ isDrained: true, nextTurnInMs: undefined, leftTimed: true })
  expect(bot.requests).toHaveLength(2)
})

test('one place in ten is for reminders and bulk', async () => {
  const bot = createSimulatedBot(messagesTo(...manyChats(3_000)), QUICK)
  await run(bot, { window: openWindow(1_000) })
  const [places, spared] = bot.requests.reduce(
    ([all, spare], one) => [all + one.take, spare + (one.spare ?? 0)],
    [0, 0],
  )
  expect(spared / places).toBeGreaterThan(0.05)
  expect(spared / places).toBeLessThan(0.2)
})

test('a turn lasts about a second and says that more is waiting', async () => {
  const bot = createSimulatedBot(messagesTo(...manyChats(100)), QUICK)
  const startedAtMs = Date.now()
  const { isDrained, nextTurnInMs } = await run(bot)
  expect(isDrained).toBe(false)
  expect(nextTurnInMs).toBeLessThan(100)
  expect(Date.now() - startedAtMs).toBeLessThan(1_500)
  expect(bot.sent.length).toBeGreaterThanOrEqual(29)
})

test('a claim takes a tenth of a second’s worth, so that what is more urgent is next', async () => {
  const bot = createSimulatedBot(messagesTo(...manyChats(100)), QUICK)
  await run(bot)
  for (const { take } of bot.requests.slice(1)) expect(take).toBeLessThanOrEqual(5)
})

test.each([
  [30, 0.96],
  [80, 0.9],
])(
  'turn after turn, at %i ms latency, a bot loses hardly anything of its limit',
  async (latencyMs, share) => {
    let calls = 0
    // From half to one and a half times the latency, in no order.
    const callMs = () => latencyMs * (0.5 + ((calls++ * 7) % 11) / 10)
    const bot = createSimulatedBot(messagesTo(...manyChats(600)), { callMs, claimMs: () => 4 })
    const startedAtMs = Date.now()
    let saved: string | undefined
    while (bot.waiting().length > 0) {
      const window = openWindow(30, saved)
      const { nextTurnInMs = 0 } = await run(bot, { window })
      saved = window.save(Date.now())
      // Ending a turn, and beginning the next.
      vi.advanceTimersByTime(nextTurnInMs + 15)
    }
    const seconds = (Date.now() - startedAtMs) / 1_000
    expect(600 / seconds / 30).toBeGreaterThanOrEqual(share)
  },
)

test('a chat that has had its burst is left, and the next turn comes when it opens', async () => {
  const bot = createSimulatedBot(messagesTo('7', '7', '7', '7'), QUICK)
  const { isDrained, nextTurnInMs } = await run(bot)
  expect(isDrained).toBe(true)
  expect(nextTurnInMs).toBeGreaterThan(900)
  expect(nextTurnInMs).toBeLessThan(1_100)
  expect(bot.waiting().map(({ id }) => id)).toEqual(['4'])
})

test('a chat that opens while a slow claim has left it out gets another turn', async () => {
  let claimMs = 2
  const bot = createSimulatedBot(messagesTo('7', '7', '7', '7'), { ...QUICK, claimMs: () => claimMs })
  const before = openWindow()
  const { nextTurnInMs: opensInMs = 0 } = await run(bot, { window: before })
  const window = openWindow(30, before.save(Date.now()))
  vi.advanceTimersByTime(opensInMs - 80)
  claimMs = 120

  const { isDrained, nextTurnInMs } = await run(bot, { window })

  expect(bot.waiting()).toHaveLength(1)
  expect(isDrained).toBe(true)
  expect(nextTurnInMs).toBeGreaterThan(0)
})

test.each([
  ['begun early in the turn', 0],
  ['begun at its end', 29],
])('a call that hangs, %s, keeps no other chat waiting', async (_name, place) => {
  const chats = manyChats(200)
  chats.splice(place, 0, '7')
  const callMs = ({ chatId }: SimulatedMessage) => (chatId === '7' ? 20_000 : 20)
  const bot = createSimulatedBot([...messagesTo(...chats), { id: '999', chatId: '7' }], { ...QUICK, callMs })
  await run(bot)
  // About thirty a second for as long as the hanging one lasts: all two hundred. The hanging chat alone waits.
  expect(bot.sent.length).toBe(201)
  expect(bot.sent.at(-1)?.chatId).toBe('7')
  expect(bot.waiting()).toEqual([{ id: '999', chatId: '7' }])
})

test('a turn ends even when every call is slow', async () => {
  const bot = createSimulatedBot(messagesTo(...manyChats(6_000)), { ...QUICK, callMs: () => 2_500 })
  const startedAtMs = Date.now()
  await run(bot)
  expect(bot.underWay()).toEqual([])
  expect(Date.now() - startedAtMs).toBeLessThan(155_000)
})

test('a claim that fails ends the turn, but not before its calls have ended', async () => {
  const bot = createSimulatedBot(messagesTo(...manyChats(5)), { ...QUICK, callMs: () => 5_000 })
  const claim: typeof bot.claim = async (request) => {
    if (bot.requests.length > 0) throw new Error('Postgres is away')
    return await bot.claim(request)
  }
  await expect(run({ ...bot, claim })).rejects.toThrow('Postgres is away')
  expect(bot.underWay()).toEqual([])
  expect(bot.sent).toHaveLength(5)
})

test('a delivery that fails ends the turn with its error when the others have ended; nothing is sent after it', async () => {
  const bot = createSimulatedBot(messagesTo(...manyChats(100)), { ...QUICK, callMs: () => 400 })
  const deliver: typeof bot.deliver = async (turn, message) => {
    await bot.deliver(turn, message)
    if (message.id === '3') throw new Error('not recorded')
  }
  await expect(run({ ...bot, deliver })).rejects.toThrow('not recorded')
  expect(bot.underWay()).toEqual([])
  expect(bot.sent.length).toBeLessThan(30)
  expect(bot.sent.length + bot.waiting().length).toBe(100)
})

test('a turn that is told to stop makes no further call and gives back what it had claimed', async () => {
  const stopping = new AbortController()
  const bot = createSimulatedBot(messagesTo(...manyChats(100)), QUICK, (_turn, { id }) => {
    if (id === '5') stopping.abort()
  })
  const { isDrained } = await run(bot, { signal: stopping.signal })
  expect(isDrained).toBe(false)
  expect(bot.sent.length).toBeLessThan(10)
  expect(bot.givenBack.length).toBeGreaterThan(0)
  expect(bot.waiting().map(({ id }) => id)).toEqual(
    Array.from({ length: 100 - bot.sent.length }, (_, index) => String(index + 1 + bot.sent.length)),
  )
})

test('an answer may stop the turn and ask for a pause', async () => {
  const stopAtThird = (turn: RunningTurn, { id }: SimulatedMessage) => {
    if (id === '3') turn.stop(1_000)
    if (id === '4') turn.stop()
  }
  const bot = createSimulatedBot(messagesTo(...manyChats(20)), { ...QUICK, callMs: () => 150 }, stopAtThird)
  expect(await run(bot)).toMatchObject({ isDrained: false, nextTurnInMs: 1_000 })
})

test('what was claimed before this process froze is not sent after it: it goes back', async () => {
  const bot = createSimulatedBot(messagesTo(...manyChats(20)), {
    ...QUICK,
    claimMs: (count) => (count === 1 ? 5_000 : 2),
  })
  await run(bot)
  const [first] = bot.givenBack
  expect(first?.id).toBe('1')
  expect(bot.givenBack.length).toBe(bot.requests[0]?.take)
})

test('a claimed message whose chat opens much later goes back at once, and the others do not wait for it', async () => {
  const window = openWindow()
  // After a crash: the whole bot for two seconds, a group for a minute.
  window.assumeFull(Date.now())
  vi.advanceTimersByTime(3_000)
  const bot = createSimulatedBot(messagesTo('-5', '7', '8'), QUICK)
  const startedAtMs = Date.now()
  const { isDrained, nextTurnInMs = 0 } = await run(bot, { window })
  expect(bot.givenBack.map(({ chatId }) => chatId)).toEqual(['-5'])
  expect(bot.sent.map(({ chatId }) => chatId)).toEqual(['7', '8'])
  expect(Date.now() - startedAtMs).toBeLessThan(200)
  expect(isDrained).toBe(true)
  expect(nextTurnInMs).toBeGreaterThan(50_000)
})

test('a bot that has to be silent makes no claim, and says until when', async () => {
  const window = openWindow()
  window.floodedBot(Date.now() + 7_000)
  const bot = createSimulatedBot(messagesTo('7'), QUICK)
  expect(await run(bot, { window })).toMatchObject({ isDrained: false, nextTurnInMs: 7_000 })
  expect(bot.requests).toEqual([])
})

test('two names of one chat are never called side by side', async () => {
  const bot = createSimulatedBot(messagesTo('-1', '-2'), { ...QUICK, callMs: () => 300 })
  let most = 0
  const deliver: typeof bot.deliver = async (turn, message) => {
    const call = bot.deliver(turn, message)
    most = Math.max(most, bot.underWay().length)
    await call
  }
  const claim: typeof bot.claim = async (request) =>
    // Postgres queued them under two ids; the registration has moved to the second meanwhile.
    (await bot.claim(request)).map((message) => ({ ...message, chatId: '-2' }))
  await run({ ...bot, claim, deliver })
  expect(bot.sent.map(({ id }) => id)).toEqual(['1', '2'])
  expect(most).toBe(1)
})

const scenario = fc.record({
  chatOf: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 60 }),
  callMs: fc.array(fc.integer({ min: 0, max: 2_500 }), { minLength: 1, maxLength: 12 }),
  claimMs: fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 1, maxLength: 6 }),
  limitPerSecond: fc.constantFrom(1, 5, 30, 1_000),
  stopAfter: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
})

test('whatever the delays: turn after turn all is sent, once, in order, and no turn that ends forgets what waits', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ chatOf, callMs, claimMs, limitPerSecond, stopAfter }) => {
      const messages = messagesTo(...chatOf.map(String))
      const nth = (list: number[], index: number) => list[index % list.length] ?? 0
      const inChat = new Map<string, number>()
      const bot = createSimulatedBot(
        messages,
        { callMs: ({ id }) => nth(callMs, Number(id)), claimMs: (count) => nth(claimMs, count) },
        (turn, { id, chatId }) => {
          expect(bot.underWay().filter((call) => call.chatId === chatId)).toHaveLength(1)
          if (stopAfter.includes(Number(id))) turn.stop()
          inChat.set(chatId, Number(id))
        },
      )
      let saved: string | undefined
      for (let nextTurnInMs: number | undefined = 0; nextTurnInMs !== undefined;) {
        vi.advanceTimersByTime(nextTurnInMs)
        const window = openWindow(limitPerSecond, saved)
        ;({ nextTurnInMs } = await run(bot, { window }))
        expect(bot.underWay()).toEqual([])
        saved = window.save(Date.now())
      }
      expect(bot.waiting()).toEqual([])
      for (const chatId of inChat.keys()) {
        const ofChat = ({ id }: SimulatedMessage) => messages[Number(id) - 1]?.chatId === chatId
        expect(bot.sent.filter(ofChat)).toEqual(messages.filter(ofChat))
      }
      expect(bot.sent).toHaveLength(messages.length)
    }),
    { numRuns: 60 },
  )
}, 30_000)
