import { expect, test } from 'vitest'
import { createGate } from './create-gate.ts'

test('so much work runs at a time, in its order, and a failure gives its place back', async () => {
  const gate = createGate(2)
  const begun: number[] = []
  const ends: ((error?: Error) => void)[] = []
  const work = Array.from({ length: 4 }, (_, index) =>
    gate(() => {
      begun.push(index)
      return new Promise<void>((resolve, reject) =>
        ends.push((error) => (error === undefined ? resolve() : reject(error))),
      )
    }),
  )
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[1]?.(new Error('no'))
  await expect(work[1]).rejects.toThrow('no')
  expect(begun).toEqual([0, 1, 2])
  ends[0]?.()
  await work[0]
  expect(begun).toEqual([0, 1, 2, 3])
  ends[2]?.()
  ends[3]?.()
  await Promise.all([work[2], work[3]])
  await gate(async () => begun.push(4))
  expect(begun).toEqual([0, 1, 2, 3, 4])
})
