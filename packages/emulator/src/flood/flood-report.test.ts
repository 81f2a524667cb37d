import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFloodReport } from './flood-report.ts'

const arrivals = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
    chatId: fc.constantFrom<number | string>(1, 2, '@news'),
    cost: fc.integer({ min: 1, max: 4 }),
  }),
  { maxLength: 80 },
)

test('the report says what counting one by one says', () => {
  fc.assert(
    fc.property(arrivals, (list) => {
      const report = createFloodReport()
      let nowMs = 5
      const seen = list.map(({ waitMs, chatId, cost }) => {
        nowMs += waitMs
        report.arrived({ botId: 7, chatId, cost, nowMs })
        return { atMs: nowMs, chatId, cost }
      })
      if (seen.length === 0) {
        expect(report.bots()).toEqual([])
        return
      }
      const sum = (from: number, to: number): number =>
        seen.filter(({ atMs }) => atMs > from && atMs <= to).reduce((total, { cost }) => total + cost, 0)
      const gapOf = (chatId: number | string): number => {
        const times = seen.filter((other) => other.chatId === chatId).map(({ atMs }) => atMs)
        return Math.min(...times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0)))
      }
      const [bot] = report.bots()
      expect(bot).toMatchObject({ botId: 7, calls: seen.length, messages: sum(0, nowMs) })
      expect(bot?.peakPerSecond).toBe(Math.max(...seen.map(({ atMs }) => sum(atMs - 1000, atMs))))
      expect(bot?.smallestGap?.gapMs ?? Infinity).toBe(Math.min(...[1, 2, '@news'].map(gapOf)))
      for (const chatId of [1, 2, '@news'])
        expect(report.smallestGapMs(7, chatId) ?? Infinity).toBe(gapOf(chatId))
    }),
    { numRuns: 300 },
  )
})

test('refusals, and calls that did not obey one, are counted for each bot', () => {
  const report = createFloodReport()
  report.refused({ botId: 7, insidePenalty: false })
  report.refused({ botId: 7, insidePenalty: true })
  report.refused({ botId: 8, insidePenalty: false })
  expect(report.bots()).toMatchObject([
    { botId: 7, refusals: 2, callsInsidePenalty: 1 },
    { botId: 8, refusals: 1, callsInsidePenalty: 0 },
  ])
  report.reset()
  expect(report.bots()).toEqual([])
})

test('the peak is still right after far more calls than a second holds', () => {
  const report = createFloodReport()
  for (let index = 0; index < 20_000; index++) {
    report.arrived({ botId: 7, chatId: index % 50, cost: 1, nowMs: index * 100 })
  }
  for (let index = 0; index < 12; index++) {
    report.arrived({ botId: 7, chatId: index, cost: 1, nowMs: 2_000_000 })
  }
  expect(report.bots()[0]?.peakPerSecond).toBe(21)
})
