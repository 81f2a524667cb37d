import { expect, test } from 'vitest'
import { createClaimBudget, type ClaimBudget } from './claim-budget.ts'

function prepare() {
  const clock = { ms: 0 }
  return { clock, budget: createClaimBudget(() => clock.ms) }
}

/** How much is granted when one turn after the other asks for as much as it can get, each done at once. */
async function drain(budget: ClaimBudget): Promise<number> {
  let all = 0
  for (let granted = await budget.acquire(1_000, 0); granted > 0; granted = await budget.acquire(1_000, 0)) {
    all += granted
    budget.done()
  }
  return all
}

test('no turn gets everything, and together they get no more than can be called for soon', async () => {
  const { budget } = prepare()
  expect(await budget.acquire(7, 0)).toBe(7)
  expect(await budget.acquire(1_000, 0)).toBeLessThanOrEqual(256)
  await drain(budget)
  expect(await budget.acquire(8, 0)).toBe(0)
})

test('what is called for or not used can be granted again', async () => {
  const { budget } = prepare()
  const all = await drain(budget)
  budget.called(50)
  budget.unused(all - 50)
  expect(await drain(budget)).toBe(all)
})

test('the budget follows the pace of the calls: up at once, down slowly', async () => {
  const { clock, budget } = prepare()
  let granted = await drain(budget)
  for (let round = 0; round < 10; round++) {
    clock.ms += 250
    // A thousand in a quarter second, whatever was granted.
    budget.called(1_000)
    budget.unused(granted - 1_000)
    granted = await drain(budget)
  }
  expect(granted).toBeGreaterThan(1_000)
  budget.unused(granted)
  clock.ms += 250
  budget.called(0)
  expect(await drain(budget)).toBeGreaterThan(granted / 3)
})

test('who comes first is served first, and all get the same while others wait', async () => {
  const { budget } = prepare()
  const all = await drain(budget)
  const served: string[] = []
  const waiting = ['first', 'second', 'third'].map(async (name) => {
    served.push(`${name}: ${await budget.acquire(1_000, 60_000)}`)
  })
  budget.unused(16)
  await Promise.all(waiting.slice(0, 2))
  // Enough for the third one as well, but somebody new stands behind it.
  const fourth = budget.acquire(1, 60_000)
  budget.unused(all - 16)
  await Promise.all([...waiting, fourth])
  expect(served).toEqual(['first: 8', 'second: 8', 'third: 8'])
})

test('who waits too long gets nothing, and takes no place away', async () => {
  const { budget } = prepare()
  const all = await drain(budget)
  expect(await budget.acquire(8, 5)).toBe(0)
  budget.unused(all)
  expect(await drain(budget)).toBe(all)
})

test('the more have some already, the less one more gets; and much again when they are done', async () => {
  const { budget } = prepare()
  const first = await budget.acquire(1_000, 0)
  const second = await budget.acquire(1_000, 0)
  expect(second).toBeLessThan(first / 2)
  budget.unused(first + second)
  budget.done()
  budget.done()
  expect(await budget.acquire(1_000, 0)).toBe(first)
})
