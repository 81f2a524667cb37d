import { createLogger } from '@postino/runtime'
import { expect, test } from 'vitest'
import { createManualClock } from './manual-clock.ts'
import { createSilenceKeeper } from './silence-keeper.ts'

/** A Postgres that comes back after so many tries. */
function createScene({ failures }: { failures: number }) {
  const clock = createManualClock()
  const keeper = createSilenceKeeper({ clock, logger: createLogger({ name: 'test', level: 'silent' }) })
  const tried: number[] = []
  const write = async (leftSeconds: number) => {
    tried.push(leftSeconds)
    if (tried.length <= failures) throw new Error('away')
  }
  return { clock, keeper, tried, keep: (seconds: number) => void keeper.keep(seconds, write) }
}

test('a silence that cannot be written is written as soon as it can, for what is left of it', async () => {
  const { clock, tried, keep } = createScene({ failures: 3 })
  keep(30)
  await clock.pass(60_000)
  expect(tried).toEqual([30, 29, 28, 27])
})

test('a silence that is over needs no writing', async () => {
  const { clock, tried, keep } = createScene({ failures: 1_000 })
  keep(3)
  await clock.pass(60_000)
  expect(tried).toEqual([3, 2, 1])
})

test('a bot that is served no more tries nothing again', async () => {
  const { clock, keeper, tried, keep } = createScene({ failures: 1_000 })
  keep(14_400)
  await clock.pass(2_500)
  keeper.close()
  await clock.pass(60_000)
  expect(tried).toHaveLength(3)
})
