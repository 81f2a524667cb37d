import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLanes } from './lanes.ts'

const update = (id: number, lane: string) => ({ id, lane, json: '', expiresAtMs: 0 })

test('one lane gives one update at a time, in order, whatever happens in between', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('add a', 'add b', 'begin', 'advance', 'requeue'), { maxLength: 200 }),
      (steps) => {
        const lanes = createLanes()
        const underWay: ReturnType<typeof lanes.next>[] = []
        const done: Record<string, number[]> = { a: [], b: [] }
        let id = 0
        for (const step of steps) {
          if (step === 'add a' || step === 'add b') lanes.add(update(id++, step.slice(-1)))
          else if (step === 'begin') {
            const lane = lanes.next()
            if (lane !== undefined) {
              expect(underWay).not.toContain(lane)
              underWay.push(lane)
            }
          } else {
            const lane = underWay.shift()
            if (lane === undefined) continue
            if (step === 'advance') {
              done[lane.name]?.push(lane.updates[0]!.id)
              lanes.advance(lane)
            } else lanes.requeue(lane)
          }
        }
        for (const ids of Object.values(done))
          expect(ids).toEqual(ids.toSorted((left, right) => left - right))
      },
    ),
  )
})

test('a lane that fails stays in front of its own updates, and others go on', () => {
  const lanes = createLanes()
  lanes.add(update(1, 'a'))
  lanes.add(update(2, 'a'))
  lanes.add(update(3, 'b'))
  const failing = lanes.next()
  expect(lanes.next()?.name).toBe('b')
  expect(lanes.hasReady()).toBe(false)
  lanes.requeue(failing!)
  expect(lanes.next()?.updates.map(({ id }) => id)).toEqual([1, 2])
})
