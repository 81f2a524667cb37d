import { expect, test } from 'vitest'
import { createReadPlan, type PlannedRead } from './read-plan.ts'

const SLUGS = Array.from({ length: 100 }, (_, index) => `shop-${index}`)

function found(entries: Record<string, number>): Map<string, unknown[]> {
  return new Map(Object.entries(entries).map(([slug, count]) => [slug, Array.from({ length: count })]))
}

function read(planned: PlannedRead | number): PlannedRead {
  if (typeof planned === 'number') throw new Error(`nothing to read for ${planned} ms`)
  return planned
}

test('while nothing comes one read waits at all streams, again and again', () => {
  const plan = createReadPlan({ canWait: true, countStreams: () => 10_000 })
  for (let round = 0; round < 3; round++) {
    const planned = read(plan.next(SLUGS, round))
    expect(planned).toMatchObject({ slugs: SLUGS, isAll: true, mayWait: true })
    plan.note(planned, found({}), round)
  }
})

test('a stream with much in it is read alone in between, and all are looked at again in time', () => {
  const plan = createReadPlan({ canWait: true, countStreams: () => 10_000 })
  const first = read(plan.next(SLUGS, 0))
  plan.note(first, found({ 'shop-3': first.count, 'shop-4': 1 }), 0)
  const second = read(plan.next(SLUGS, 50))
  expect(second).toEqual({ slugs: ['shop-3'], count: 500, isAll: false, mayWait: false })
  plan.note(second, found({ 'shop-3': 500 }), 60)
  expect(read(plan.next(SLUGS, 101))).toMatchObject({ slugs: SLUGS, isAll: true, mayWait: false })
})

test('after something came a few streams are looked at again at once, and many after a pause', () => {
  for (const [streams, pauseMs] of [
    [10, 0.1],
    [10_000, 100],
  ] as const) {
    const plan = createReadPlan({ canWait: true, countStreams: () => streams })
    plan.note(read(plan.next(SLUGS, 0)), found({ 'shop-1': 1 }), 0)
    expect(plan.next(SLUGS, 0)).toBeCloseTo(pauseMs)
  }
})

test('where a read cannot wait, streams that are silent are asked less and less often, down to every 40 ms', () => {
  const plan = createReadPlan({ canWait: false, countStreams: () => 10 })
  const pauses: number[] = []
  let nowMs = 0
  for (let round = 0; round < 5; round++) {
    plan.note(read(plan.next(SLUGS, nowMs)), found({}), nowMs)
    const pauseMs = Number(plan.next(SLUGS, nowMs))
    pauses.push(pauseMs)
    nowMs += pauseMs
  }
  expect(pauses).toEqual([10, 20, 40, 40, 40])
  plan.note(read(plan.next(SLUGS, nowMs)), found({ 'shop-1': 1 }), nowMs)
  expect(plan.next(SLUGS, nowMs)).toBe(5)
})
