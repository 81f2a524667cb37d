import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FloodCall, FloodDecision } from './flood-decision.ts'
import { createFloodModel, type FloodModel } from './flood-model.ts'
import { changeFloodSettings, DEFAULT_FLOOD_SETTINGS, type FloodSettingsChange } from './flood-settings.ts'

function modelWith(change: FloodSettingsChange = {}): FloodModel {
  return createFloodModel(changeFloodSettings(DEFAULT_FLOOD_SETTINGS, change))
}

function callTo(chatId: number, nowMs: number, more: Partial<FloodCall> = {}): FloodCall {
  return {
    botId: 1,
    chatId,
    chatKind: chatId < 0 ? 'group' : 'private',
    cost: 1,
    paid: false,
    nowMs,
    ...more,
  }
}

function statuses(model: FloodModel, calls: FloodCall[]): string[] {
  return calls.map((call) => model.arrive(call).status)
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

test('a bot passes thirty messages in any second, and the thirty-first is refused', () => {
  const model = modelWith()
  const calls = range(31).map((index) => callTo(index + 1, index * 10))
  expect(statuses(model, calls).slice(0, 30)).toEqual(range(30).map(() => 'pass'))
  expect(model.arrive(callTo(99, 310))).toEqual({
    status: 'refuse',
    retryAfterSeconds: 1,
    insidePenalty: true,
    scope: 'bot',
  })
})

test('a message leaves the window when it is exactly one second old', () => {
  const model = modelWith({ bot: { limit: 1 } })
  expect(statuses(model, [callTo(1, 0), callTo(2, 1000), callTo(3, 1999)])).toEqual([
    'pass',
    'pass',
    'refuse',
  ])
})

test('a private chat takes a burst of three, then one a second', () => {
  const model = modelWith()
  expect(
    statuses(
      model,
      [0, 0, 0, 1000, 2000].map((nowMs) => callTo(5, nowMs)),
    ),
  ).toEqual(range(5).map(() => 'pass'))
  expect(model.arrive(callTo(5, 2001))).toMatchObject({
    status: 'refuse',
    scope: 'chat',
    retryAfterSeconds: 1,
  })
})

test('a group takes twenty in a minute, and its window is its own', () => {
  const model = modelWith()
  const calls = range(20).map((index) => callTo(-5, index * 100))
  expect(new Set(statuses(model, calls))).toEqual(new Set(['pass']))
  expect(model.arrive(callTo(-5, 3000))).toEqual({
    status: 'refuse',
    retryAfterSeconds: 57,
    insidePenalty: false,
    scope: 'group',
  })
  expect(model.arrive(callTo(-6, 3000)).status).toBe('pass')
  expect(model.arrive(callTo(-5, 60_000)).status).toBe('pass')
})

test('an album costs its items', () => {
  const model = modelWith()
  expect(statuses(model, [callTo(-5, 0, { cost: 10 }), callTo(-5, 1, { cost: 10 }), callTo(-5, 2)])).toEqual([
    'pass',
    'pass',
    'refuse',
  ])
  expect(statuses(modelWith(), [callTo(5, 0, { cost: 10 }), callTo(5, 7999)])).toEqual(['pass', 'refuse'])
  expect(statuses(modelWith(), [callTo(5, 0, { cost: 10 }), callTo(5, 8000)])).toEqual(['pass', 'pass'])
})

test('paid calls have a window of their own', () => {
  const model = modelWith()
  const paid = range(1000).map((index) => callTo(index + 1, 0, { paid: true }))
  expect(new Set(statuses(model, paid))).toEqual(new Set(['pass']))
  expect(model.arrive(callTo(2000, 0)).status).toBe('pass')
  expect(model.arrive(callTo(2001, 0, { paid: true })).status).toBe('refuse')
})

test('penalties grow with every offence, up to the cap, and are forgotten in time', () => {
  const model = modelWith({
    privateChat: { burst: 1 },
    penalty: { factor: 3, maxSeconds: 10, forgetAfterMs: 60_000 },
  })
  function offendAt(nowMs: number): number {
    model.arrive(callTo(5, nowMs))
    const decision = model.arrive(callTo(5, nowMs))
    return decision.status === 'refuse' && !decision.insidePenalty ? decision.retryAfterSeconds : 0
  }
  expect([0, 1000, 10_000, 30_000].map(offendAt)).toEqual([1, 3, 9, 10])
  expect(offendAt(99_999)).toBe(10)
  expect(offendAt(300_000)).toBe(1)
})

test('a penalty with a fixed end ends when it said, whatever comes inside it', () => {
  const model = modelWith({ privateChat: { burst: 1 }, penalty: { minSeconds: 10 } })
  statuses(model, [callTo(5, 0), callTo(5, 0)])
  for (const nowMs of [1, 5000, 9999]) {
    expect(model.arrive(callTo(5, nowMs))).toMatchObject({
      insidePenalty: true,
      retryAfterSeconds: Math.ceil((10_000 - nowMs) / 1000),
    })
  }
  expect(model.arrive(callTo(5, 10_000)).status).toBe('pass')
})

test('a penalty that extends is moved by every call inside it', () => {
  const model = modelWith({
    privateChat: { burst: 1 },
    penalty: { minSeconds: 10, factor: 1, end: 'extend' },
  })
  statuses(model, [callTo(5, 0), callTo(5, 0)])
  expect(model.arrive(callTo(5, 9999))).toMatchObject({ insidePenalty: true, retryAfterSeconds: 10 })
  expect(model.arrive(callTo(5, 19_998)).status).toBe('refuse')
  expect(model.arrive(callTo(5, 29_998)).status).toBe('pass')
})

test('hidden waits: a short wait is held, a long one refused with what is left', () => {
  const model = modelWith({ hiddenWaitMaxMs: 8000 })
  const decisions = range(13).map(() => model.arrive(callTo(5, 0)))
  expect(decisions.slice(0, 3)).toEqual(range(3).map(() => ({ status: 'pass' })))
  expect(decisions.slice(3, 11)).toEqual(
    range(8).map((index) => ({ status: 'hold', holdMs: (index + 1) * 1000 })),
  )
  expect(decisions[11]).toMatchObject({ status: 'refuse', retryAfterSeconds: 9, insidePenalty: false })
})

test('without limits every call passes', () => {
  const model = modelWith({ enabled: false })
  expect(
    new Set(
      statuses(
        model,
        range(5000).map(() => callTo(5, 0)),
      ),
    ),
  ).toEqual(new Set(['pass']))
})

test('odd settings are taken for the nearest sensible ones', () => {
  const unlimited = modelWith({ bot: { limit: 0 }, group: { limit: 0 } })
  const many = range(100).map(() => callTo(-5, 0))
  expect(new Set(statuses(unlimited, many))).toEqual(new Set(['pass']))

  const halves = modelWith({ bot: { limit: 2.9 }, penalty: { minSeconds: 1.5, factor: 1.1 } })
  expect(statuses(halves, [callTo(1, 0), callTo(2, 0)])).toEqual(['pass', 'pass'])
  expect(halves.arrive(callTo(3, 0))).toMatchObject({ status: 'refuse', retryAfterSeconds: 2 })
})

test('a changed limit counts from then on, and forgetting everything begins anew', () => {
  const model = modelWith()
  statuses(
    model,
    range(30).map((index) => callTo(index + 1, 0)),
  )
  model.set({ bot: { limit: 2 } })
  expect(statuses(model, [callTo(51, 1), callTo(52, 1), callTo(53, 1)])).toEqual(['pass', 'pass', 'refuse'])
  model.reset()
  expect(model.settings().bot).toEqual({ limit: 2, windowMs: 1000 })
  expect(model.arrive(callTo(53, 1)).status).toBe('pass')
})

test('one bot never uses up what belongs to another', () => {
  const model = modelWith()
  statuses(
    model,
    range(40).map(() => callTo(5, 0)),
  )
  expect(model.arrive(callTo(5, 0, { botId: 2 })).status).toBe('pass')
})

type Step = { waitMs: number; chatId: number; cost: number; paid: boolean }

const steps = fc.array(
  fc.record<Step>({
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 3000 })),
    chatId: fc.constantFrom(1, 2, -1, -2),
    cost: fc.constantFrom(1, 1, 1, 2, 5),
    paid: fc.boolean(),
  }),
  { minLength: 20, maxLength: 120 },
)
const SMALL: FloodSettingsChange = {
  bot: { limit: 6, windowMs: 1000 },
  paid: { limit: 9, windowMs: 1000 },
  group: { limit: 5, windowMs: 4000 },
  privateChat: { intervalMs: 1000, burst: 3 },
}

type Taken = { call: FloodCall; decision: FloodDecision; atMs: number }

function run(model: FloodModel, list: Step[]): Taken[] {
  let nowMs = 0
  return list.map(({ waitMs, chatId, cost, paid }) => {
    nowMs += waitMs
    const call = callTo(chatId, nowMs, { cost, paid })
    const decision = model.arrive(call)
    return { call, decision, atMs: decision.status === 'hold' ? nowMs + decision.holdMs : nowMs }
  })
}

function messagesIn(taken: Taken[], fromMs: number, toMs: number): number {
  const inside = taken.filter(({ atMs }) => atMs > fromMs && atMs <= toMs)
  return inside.reduce((total, { call }) => total + call.cost, 0)
}

function passedOf(taken: Taken[]): Taken[] {
  return taken.filter(({ decision }) => decision.status !== 'refuse')
}

test('no stretch of time ever holds more than its limit, counted one by one', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom(0, 8000), (list, hiddenWaitMaxMs) => {
      const passed = passedOf(run(modelWith({ ...SMALL, hiddenWaitMaxMs }), list))
      for (const chatId of [-1, -2]) {
        const own = passed.filter(({ call }) => call.chatId === chatId)
        for (const { atMs } of own) expect(messagesIn(own, atMs - 4000, atMs)).toBeLessThanOrEqual(5)
      }
      for (const chatId of [1, 2]) {
        // A burst of three and one a second: a dearer call begins with no more, but is paid for before the next.
        const own = passed.filter(({ call }) => call.chatId === chatId)
        for (const [index, { atMs }] of own.entries()) {
          for (const { call, atMs: laterMs } of own.slice(index + 1)) {
            const before = own.filter((other) => other.atMs >= atMs && other.atMs <= laterMs).slice(0, -1)
            const cost = before.reduce((total, other) => total + other.call.cost, 0) + Math.min(call.cost, 3)
            if (before.at(-1)?.atMs !== laterMs) expect(cost).toBeLessThanOrEqual(3 + (laterMs - atMs) / 1000)
          }
        }
      }
      // A held call counts for its bot when it could have gone, so only the strict mode is looked at here.
      if (hiddenWaitMaxMs > 0) return
      for (const paid of [true, false]) {
        const own = passed.filter(({ call }) => call.paid === paid)
        for (const { atMs } of own)
          expect(messagesIn(own, atMs - 1000, atMs)).toBeLessThanOrEqual(paid ? 9 : 6)
      }
    }),
    { numRuns: 300 },
  )
})

test('nothing is refused outside a penalty that would have kept to every limit', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const taken = run(modelWith(SMALL), list)
      for (const [index, { call, decision, atMs }] of taken.entries()) {
        if (decision.status !== 'refuse' || decision.insidePenalty) continue
        const before = passedOf(taken.slice(0, index))
        const ofBot = before.filter((other) => other.call.paid === call.paid)
        const ofChat = before.filter((other) => other.call.chatId === call.chatId)
        const botFull = messagesIn(ofBot, atMs - 1000, atMs) + call.cost > (call.paid ? 9 : 6)
        const groupFull = messagesIn(ofChat, atMs - 4000, atMs) + call.cost > 5
        if (decision.scope === 'bot') expect(botFull).toBe(true)
        if (decision.scope === 'group') expect(groupFull).toBe(true)
        if (decision.scope === 'chat') expect(ofChat.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 300 },
  )
})

test('who waits as told is not refused again by the same limit', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const model = modelWith({ ...SMALL, bot: { limit: 1000 }, paid: { limit: 1000 } })
      let nowMs = 0
      for (const { waitMs, chatId, cost } of list) {
        nowMs += waitMs
        const first = model.arrive(callTo(chatId, nowMs, { cost }))
        if (first.status !== 'refuse') continue
        expect(first.insidePenalty).toBe(false)
        nowMs += first.retryAfterSeconds * 1000
        expect(model.arrive(callTo(chatId, nowMs, { cost })).status).toBe('pass')
      }
    }),
    { numRuns: 200 },
  )
})

test('messages of one chat are never held past one another', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const passed = passedOf(run(modelWith({ ...SMALL, hiddenWaitMaxMs: 8000 }), list))
      for (const chatId of [1, 2, -1, -2]) {
        const times = passed.filter(({ call }) => call.chatId === chatId).map(({ atMs }) => atMs)
        expect(times).toEqual(times.toSorted((left, right) => left - right))
      }
    }),
    { numRuns: 200 },
  )
})
