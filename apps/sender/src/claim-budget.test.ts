import { expect, test } from 'vitest'
import { createClaimBudget } from './claim-budget.ts'

function prepare() {
  const clock = { ms: 0 }
  return { clock, budget: createClaimBudget(() => clock.ms) }
}

/** Grants as one turn after the other asks for as much as it can get. */
function drain(budget: ReturnType<typeof createClaimBudget>): number {
  let all = 0
  for (let granted = budget.grant(1_000); granted > 0; granted = budget.grant(1_000)) all += granted
  return all
}

test('no turn gets everything, and together they get no more than can be called for soon', () => {
  const { budget } = prepare()
  expect(budget.grant(7)).toBe(7)
  expect(budget.grant(1_000)).toBeLessThan(64)
  drain(budget)
  expect(budget.grant(16)).toBe(0)
})

test('a turn gets all it wants or a worthwhile part, never crumbs', () => {
  const { budget } = prepare()
  const grants: number[] = []
  for (let granted = budget.grant(100); granted > 0; granted = budget.grant(100)) grants.push(granted)
  expect(Math.min(...grants)).toBeGreaterThanOrEqual(16)
})

test('what is called for or not used can be granted again', () => {
  const { budget } = prepare()
  const all = drain(budget)
  budget.called(50)
  budget.unused(all - 50)
  expect(drain(budget)).toBe(all)
})

test('the budget follows the pace of the calls: up at once, down slowly', () => {
  const { clock, budget } = prepare()
  const first = drain(budget)
  clock.ms = 250
  budget.called(first)
  for (let round = 0; round < 10; round++) {
    const granted = drain(budget)
    clock.ms += 250
    // A thousand in a quarter second, whatever was granted.
    budget.called(1_000)
    budget.unused(granted - 1_000)
  }
  const fast = drain(budget)
  expect(fast).toBeGreaterThan(1_000)
  budget.unused(fast)
  clock.ms += 250
  budget.called(0)
  expect(drain(budget)).toBeGreaterThan(fast / 3)
})

test('who waits is woken when something is free, and else after the time it gave', async () => {
  const { budget } = prepare()
  drain(budget)
  await budget.waitForFree(5)
  const waiting = budget.waitForFree(60_000)
  budget.unused(16)
  await waiting
  expect(budget.grant(100)).toBe(16)
})
