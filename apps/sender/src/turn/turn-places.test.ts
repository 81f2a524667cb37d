import { expect, test } from 'vitest'
import { createTurnPlaces } from './turn-places.ts'

function open(places: ReturnType<typeof createTurnPlaces>, count: number): PromiseWithResolvers<void>[] {
  return Array.from({ length: count }, () => {
    const turn = Promise.withResolvers<void>()
    void places.hold(turn.promise)
    return turn
  })
}

test('a few turns are no reason to stay, and neither are many when other bots wait', async () => {
  const places = createTurnPlaces(120)
  open(places, 40)
  expect([places.areMany(), places.areTaken()]).toEqual([false, false])
  open(places, 65)
  expect([places.areMany(), places.areTaken()]).toEqual([true, false])
  const [last] = open(places, 15)
  expect([places.areMany(), places.areTaken()]).toEqual([false, true])
  last?.resolve()
  await last?.promise
  await new Promise(setImmediate)
  expect([places.areMany(), places.areTaken()]).toEqual([true, false])
})

test('a turn that fails leaves its place', async () => {
  const places = createTurnPlaces(1)
  await expect(places.hold(Promise.reject(new Error('Postgres is away')))).rejects.toThrow('away')
  expect(places.areTaken()).toBe(false)
})
