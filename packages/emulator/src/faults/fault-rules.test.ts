import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import type { Bot } from '../world/user.ts'
import { createFaultRules } from './fault-rules.ts'

// Rules look at nothing of a bot but its id and username.
const bot = { id: 7, username: 'Shop_bot' } as Bot
const call = { bot, method: 'sendmessage', chatId: '501' }
const reset = { kind: 'reset', when: 'before' } as const
const empty = { kind: 'empty_body', status: 500 } as const

test('a rule meets the calls it matches, by bot, method and chat', () => {
  const matches = [
    {},
    { bot: 7 },
    { bot: '@shop_BOT' },
    { method: 'sendMessage' },
    { chat_id: 501 },
    { chat_id: '501', method: 'SENDMESSAGE', bot: '7' },
  ]
  const misses = [{ bot: 8 }, { method: 'sendPhoto' }, { chat_id: 502 }, { bot: 7, chat_id: 1 }]
  const met = (match: object) => {
    const rules = createFaultRules(createRandom(1))
    rules.add({ match, fault: reset })
    return rules.meet(call).fault !== undefined
  }
  expect(matches.map(met)).toEqual(matches.map(() => true))
  expect(misses.map(met)).toEqual(misses.map(() => false))
})

test('a rule may skip calls first, and is used up after its count', () => {
  const rules = createFaultRules(createRandom(1))
  const rule = rules.add({ fault: reset, skip: 2, count: 3 })
  const met = Array.from({ length: 8 }, () => rules.meet(call).fault !== undefined)
  expect(met).toEqual([false, false, true, true, true, false, false, false])
  expect(rule.met).toBe(3)
})

test('the first accident that matches happens, delays add up to it', () => {
  const rules = createFaultRules(createRandom(1))
  rules.add({ fault: { kind: 'latency', min_ms: 10, max_ms: 10 } })
  rules.add({ fault: reset, count: 1 })
  rules.add({ fault: empty })
  rules.add({ fault: { kind: 'latency', min_ms: 5, max_ms: 5 } })
  expect(rules.meet(call)).toEqual({ latencyMs: 15, fault: reset })
  expect(rules.meet(call)).toEqual({ latencyMs: 15, fault: empty })
})

test('a probability is kept on the whole, and the same seed has the same accidents', () => {
  const run = (seed: number) => {
    const rules = createFaultRules(createRandom(seed))
    rules.add({ fault: reset, probability: 0.3 })
    return Array.from({ length: 2000 }, () => rules.meet(call).fault !== undefined)
  }
  const met = run(5)
  expect(met).toEqual(run(5))
  expect(met).not.toEqual(run(6))
  const share = met.filter(Boolean).length / met.length
  expect(share).toBeGreaterThan(0.25)
  expect(share).toBeLessThan(0.35)
})

test('rules are removed one by one or all', () => {
  const rules = createFaultRules(createRandom(1))
  const [first] = [rules.add({ fault: reset }), rules.add({ fault: empty }), rules.add({ fault: empty })]
  expect(rules.remove(first.id)).toBe(1)
  expect(rules.remove(99)).toBe(0)
  expect(rules.remove()).toBe(2)
  expect(rules.meet(call).fault).toBeUndefined()
})
