import type { BegunTurn } from '@postino/database'
import type { TakenTurn } from '@postino/queues'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createSimulatedBot } from './simulated-bot.ts'
import { createWindowMemory } from './window-memory.ts'

const simulated = createSimulatedBot([], { callMs: () => 0, claimMs: () => 0 })
const BEGUN = { ...simulated.begun, shard: 0 }

function prepare(clockId = '', kept = new Map<string, string>()) {
  let forgottenAtMs = Infinity
  const memory = createWindowMemory({
    turnState: {
      async take({ botId }) {
        const value = kept.get(botId)
        kept.delete(botId)
        return Date.now() < forgottenAtMs ? value : undefined
      },
      async save({ botId }, value, ttlMs) {
        kept.set(botId, value)
        forgottenAtMs = Date.now() + ttlMs
      },
    },
    settings: { limitPerSecond: 30, clockId, largestCost: 10 },
  })
  const openTurn = async (begun: BegunTurn & TakenTurn) => memory.open(begun, await memory.take(begun))
  const open = async (begun: BegunTurn & TakenTurn) => (await openTurn(begun)).window
  return { memory, kept, open, openTurn }
}

function turn(epoch: number, more: Partial<BegunTurn> = {}): BegunTurn & TakenTurn {
  return { ...BEGUN, epoch: String(epoch), sinceLastTurnMs: 1_000, ...more }
}

const opensInMs = (window: { opensInMs: (nowMs: number) => number }) => window.opensInMs(Date.now())

test('a turn goes on where the one before it ended', async () => {
  const { memory, open } = prepare()
  const window = await open(turn(4, { sinceLastTurnMs: undefined }))
  for (let count = 0; count < 3; count++) {
    const call = { chat: '7', chatKind: 'private', cost: 1 } as const
    window.answered(window.started(call, Date.now()), Date.now())
  }
  await memory.save(turn(4), window, true)
  const next = await open(turn(5))
  expect(next.busyChats(Date.now())).toEqual(['7'])
  expect(opensInMs(next)).toBeLessThan(500)
})

test('a bot’s first turn may send at once, and one after a long silence', async () => {
  const { open } = prepare()
  expect(opensInMs(await open(turn(1, { sinceLastTurnMs: undefined })))).toBe(0)
  expect(opensInMs(await open(turn(9, { sinceLastTurnMs: 10 * 60_000 })))).toBe(0)
})

test('after a turn that left nothing, by a crash or a FLUSHALL, the window is taken for full', async () => {
  const { open } = prepare()
  expect(opensInMs(await open(turn(5)))).toBeGreaterThan(1_000)
})

test('after such a turn a chat waits for as much as it may have got: longer where albums were sent', async () => {
  const waits = [false, true].map(async (hasSentAlbums) => {
    const window = await prepare().open(turn(5, { hasSentAlbums }))
    const nowMs = Date.now()
    return Math.round(
      (window.nextStartMs({ chat: '7', chatKind: 'private', cost: 1 }, nowMs) - nowMs) / 1_000,
    )
  })
  expect(await Promise.all(waits)).toEqual([2, 9])
})

test('what a turn before the last one left late counts for nothing', async () => {
  const { memory, open } = prepare()
  const overtaken = await open(turn(4, { sinceLastTurnMs: undefined }))
  // Turn 5 has had the bot since, and crashed; only now turn 4 ends, in another process.
  await memory.save(turn(4), overtaken, true)
  expect(opensInMs(await open(turn(6)))).toBeGreaterThan(1_000)
})

test('what was taken in vain is there for the next turn', async () => {
  const { memory, open } = prepare()
  await memory.save(turn(4), await open(turn(4, { sinceLastTurnMs: undefined })), true)
  await memory.putBack(BEGUN, await memory.take(BEGUN))
  expect(opensInMs(await open(turn(5)))).toBe(0)
})

test('a limit that was lowered is remembered through a pause, for an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const { memory, open } = prepare()
  const window = await open(turn(4, { sinceLastTurnMs: undefined }))
  for (let sent = 0; sent < 30; sent++) {
    const call = { chat: String(sent), chatKind: 'private', cost: 1 } as const
    window.answered(window.started(call, Date.now()), Date.now())
  }
  window.flooded('29', Date.now() + 30 * 60_000, Date.now())
  await memory.save(turn(4), window, true)
  vi.advanceTimersByTime(31 * 60_000)
  const next = await open(turn(5, { sinceLastTurnMs: 31 * 60_000 }))
  expect(next.limitPerSecond(Date.now())).toBeLessThan(30)
  await memory.save(turn(5), next, true)
  vi.advanceTimersByTime(61 * 60_000)
  const last = await open(turn(6, { sinceLastTurnMs: 61 * 60_000 }))
  expect(last.limitPerSecond(Date.now())).toBe(30)
})

test('an unreadable memory counts as none', async () => {
  const { kept, open } = prepare()
  kept.set(BEGUN.botId, '4 complete garbled')
  expect(opensInMs(await open(turn(5)))).toBeGreaterThan(1_000)
})

test('what Postgres knows to be cooling is left alone, whatever the memory says', async () => {
  const { open } = prepare()
  const nowMs = Date.now()
  const window = await open(
    turn(1, {
      sinceLastTurnMs: undefined,
      coolingUntilMs: nowMs + 5_000,
      coolingChats: [{ chatId: '7', untilMs: nowMs + 60_000 }],
    }),
  )
  expect(opensInMs(window)).toBeGreaterThan(4_000)
  expect(window.busyChats(nowMs + 30_000)).toEqual(['7'])
})

test('a turn is the sequel of one that recorded all it claimed, and of no other', async () => {
  const { memory, open, openTurn } = prepare()
  const window = await open(turn(4, { sinceLastTurnMs: undefined }))
  await memory.save(turn(4), window, true)
  expect((await openTurn(turn(5))).isSequel).toBe(true)
  await memory.save(turn(5), window, false)
  expect((await openTurn(turn(6))).isSequel).toBe(false)
  expect((await openTurn(turn(7))).isSequel).toBe(false)
  await memory.save(turn(7), window, true)
  expect((await openTurn(turn(9))).isSequel).toBe(false)
})

test('with paid broadcast the window is as wide as the shop pays for', async () => {
  const { open } = prepare()
  const window = await open(turn(1, { sinceLastTurnMs: undefined, paidPerSecond: 400 }))
  expect(window.limitPerSecond(Date.now())).toBe(400)
})

test.each([-30_000, 30_000])(
  'the memory of a machine whose clock is %i ms off opens the window neither early nor late',
  async (offMs) => {
    const { kept, open } = prepare('there')
    // Its clock shows less than Postgres's by so much, and both ways took time.
    const there = turn(4, {
      sinceLastTurnMs: undefined,
      clockBehindMs: { least: offMs - 3, most: offMs + 4 },
    })
    const window = await open(there)
    const thereMs = Date.now() - offMs
    for (let count = 0; count < 30; count++) {
      const call = { chat: String(count), chatKind: 'private', cost: 1 } as const
      window.answered(window.started(call, thereMs), thereMs)
    }
    kept.set(BEGUN.botId, `4 complete there ${offMs + 4} ${window.save(thereMs)}`)
    const here = prepare('here', kept)
    const next = await here.open(turn(5, { clockBehindMs: { least: -2, most: 5 } }))
    expect(opensInMs(next)).toBeGreaterThan(950)
    expect(opensInMs(next)).toBeLessThan(1_100)
  },
)

test('while people talk with the bot, a part of the limit is left for the answers', async () => {
  const { open } = prepare()
  const nowMs = Date.now()
  const alone = await open(turn(1, { sinceLastTurnMs: undefined }))
  const talking = await open(turn(1, { sinceLastTurnMs: undefined, isTalking: true }))
  expect(talking.capacity(nowMs, 1_000)).toBeLessThan(alone.capacity(nowMs, 1_000))
})
