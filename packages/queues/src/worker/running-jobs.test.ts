import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JobAbandoned, createRunningJobs } from './running-jobs.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A job that runs until the test lets it end. */
function createHeldJob() {
  const end = Promise.withResolvers<undefined>()
  const seen: AbortSignal[] = []
  async function work(signal: AbortSignal): Promise<void> {
    seen.push(signal)
    await end.promise
  }
  return { work, end: () => end.resolve(undefined), reason: () => seen[0]?.reason }
}

test('a lock that nobody confirmed for its time counts as lost; a confirmed one does not', async () => {
  const jobs = createRunningJobs({ lockKnownMs: 1_000 })
  const [kept, lost] = [createHeldJob(), createHeldJob()]
  const runs = [jobs.run('kept', kept.work), jobs.run('lost', lost.work)]
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(600)
    jobs.lockRenewed(['kept'])
  }
  expect(kept.reason()).toBeUndefined()
  expect(lost.reason()).toMatchObject({ reason: 'lock-lost' })
  for (const job of [kept, lost]) job.end()
  await Promise.all(runs)
})

test('a job that comes back to its worker stops its older run, and only the newer one has the lock', async () => {
  const jobs = createRunningJobs({ lockKnownMs: 1_000 })
  const [older, newer] = [createHeldJob(), createHeldJob()]
  const runs = [jobs.run('1', older.work), jobs.run('1', newer.work)]
  expect(older.reason()).toMatchObject({ reason: 'lock-lost' })
  older.end()
  await runs[0]
  jobs.lockLost(['1'])
  expect(newer.reason()).toMatchObject({ reason: 'lock-lost' })
  newer.end()
  await runs[1]
})

test('a job that lost its lock stays so when the worker closes', async () => {
  const jobs = createRunningJobs({ lockKnownMs: 1_000 })
  const job = createHeldJob()
  const run = jobs.run('1', job.work)
  jobs.lockLost(['1'])
  jobs.stopAll()
  expect(job.reason()).toMatchObject({ reason: 'lock-lost' })
  job.end()
  await run
})

test('abandoning ends the wait for every job, and a job that fails later harms nobody', async () => {
  const jobs = createRunningJobs({ lockKnownMs: 1_000 })
  const failure = Promise.withResolvers<undefined>()
  const runs = [jobs.run('1', () => failure.promise), jobs.run('2', createHeldJob().work)]
  const results = Promise.allSettled(runs)
  expect(jobs.abandonAll()).toBe(2)
  expect((await results).map((result) => result.status === 'rejected' && result.reason)).toEqual([
    expect.any(JobAbandoned),
    expect.any(JobAbandoned),
  ])
  failure.reject(new Error('much later'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(jobs.abandonAll()).toBe(0)
})
