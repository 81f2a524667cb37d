import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRemembered } from './remembered.ts'

test('what still matters is kept, what does not goes, and there are never too many', () => {
  const asks = fc.array(
    fc.record({ key: fc.integer({ min: 0, max: 40 }), waitMs: fc.integer({ min: 0, max: 30 }) }),
  )
  fc.assert(
    fc.property(asks, (list) => {
      let nowMs = 0
      const lastAskedAt = new Map<string, number>()
      const remembered = createRemembered({
        create: () => ({ untilMs: nowMs + 100, name: '' }),
        forgottenAt: ({ untilMs }) => untilMs,
        maxSize: 10,
      })
      for (const { key, waitMs } of list) {
        nowMs += waitMs
        const name = String(key)
        const value = remembered.get(name, nowMs)
        const newerKeys = [...lastAskedAt].filter(
          ([, askedAt]) => askedAt > (lastAskedAt.get(name) ?? -1),
        ).length
        const mustBeKept = value.name === '' && lastAskedAt.has(name) && newerKeys < 10
        if (mustBeKept) expect(nowMs).toBeGreaterThanOrEqual((lastAskedAt.get(name) ?? 0) + 100)
        value.name = name
        value.untilMs = nowMs + 100
        lastAskedAt.set(name, nowMs)
        expect(remembered.size()).toBeLessThanOrEqual(10)
      }
    }),
  )
})

test('a long row of strangers leaves only those that still matter', () => {
  const remembered = createRemembered({ create: () => ({}), forgottenAt: () => 0, maxSize: 1000 })
  for (let key = 0; key < 5000; key++) remembered.get(String(key), 1)
  expect(remembered.size()).toBeLessThanOrEqual(2)
})
