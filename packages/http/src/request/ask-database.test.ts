import { afterEach, expect, test, vi } from 'vitest'
import { createAskDatabase, DATABASE_LIMIT_MS } from './ask-database.ts'

type Failure = 'retry' | 'lost' | 'away' | 'data' | 'bug'

/** The failures of a question, one for each time it is asked; then it is answered. */
function createScene(...failures: Failure[]) {
  const ask = createAskDatabase((error) => (error instanceof Error ? (error.message as Failure) : 'bug'))
  let times = 0
  const answer = ask(async () => {
    const failure = failures[times++]
    if (failure !== undefined) throw new Error(failure)
    return 'answer'
  })
  return { answer, times: () => times }
}

afterEach(() => {
  vi.useRealTimers()
})

test('what is answered is answered', async () => {
  const { answer, times } = createScene()
  expect([await answer, times()]).toEqual(['answer', 1])
})

test('a connection that was lost costs a second question, and no third', async () => {
  const once = createScene('lost')
  expect([await once.answer, once.times()]).toEqual(['answer', 2])
  const twice = createScene('lost', 'lost')
  await expect(twice.answer).rejects.toMatchObject({ code: 'unavailable' })
  expect(twice.times()).toBe(2)
})

test.each(['away', 'retry'] as const)('%s is a 503 that says when to come back', async (failure) => {
  const { answer, times } = createScene(failure)
  await expect(answer).rejects.toMatchObject({
    code: 'unavailable',
    options: { headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) } },
  })
  expect(times()).toBe(1)
})

test.each(['data', 'bug'] as const)('%s is not the database’s fault, and not hidden', async (failure) => {
  await expect(createScene(failure).answer).rejects.toThrow(new Error(failure))
})

test('a question that takes too long is a 503 in good time', async () => {
  vi.useFakeTimers()
  const ask = createAskDatabase(() => 'bug')
  const answer = ask(() => new Promise<never>(() => {}))
  const refusal = expect(answer).rejects.toMatchObject({ code: 'unavailable' })
  await vi.advanceTimersByTimeAsync(DATABASE_LIMIT_MS)
  await refusal
})
