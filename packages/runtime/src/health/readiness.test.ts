import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLogger } from '../log/create-logger.ts'
import { createReadiness } from './readiness.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp() {
  const events: unknown[] = []
  const destination = { write: (line: string) => void events.push(Object(JSON.parse(line)).msg) }
  const logger = createLogger({ name: 'trial', level: 'info', destination })
  return { events, readiness: createReadiness({ logger, nowMs: () => Date.now() }) }
}

test('starting, ready, failing, stopping: in this order, and never back from stopping', async () => {
  const { readiness } = setUp()
  expect(await readiness.report()).toEqual({ status: 'starting', failing: [] })
  readiness.markStarted()
  expect(await readiness.report()).toEqual({ status: 'ready', failing: [] })
  readiness.addCheck('database', () => Promise.reject(new Error('gone')))
  expect(await readiness.report()).toEqual({ status: 'failing', failing: ['database'] })
  readiness.markStopping()
  readiness.markStarted()
  expect(await readiness.report()).toEqual({ status: 'stopping', failing: [] })
})

test('a failing check is named, and told in the log when it begins and ends, not at each question', async () => {
  const { readiness, events } = setUp()
  readiness.markStarted()
  let isThere = false
  readiness.addCheck('redis', async () => {
    if (!isThere) throw new Error('gone')
  })
  readiness.addCheck('database', async () => undefined)
  for (let question = 0; question < 3; question++) {
    expect((await readiness.report()).failing).toEqual(['redis'])
    vi.advanceTimersByTime(1_000)
  }
  expect(events).toEqual(['readiness.failing'])
  isThere = true
  expect((await readiness.report()).status).toBe('ready')
  expect(events).toEqual(['readiness.failing', 'readiness.restored'])
})

test('a check is asked once a second, however often we are', async () => {
  const { readiness } = setUp()
  const check = vi.fn(async () => undefined)
  readiness.addCheck('database', check)
  await Promise.all([readiness.report(), readiness.report()])
  await readiness.report()
  expect(check).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  await readiness.report()
  expect(check).toHaveBeenCalledTimes(2)
})

test('a check that hangs fails after its time, and is not started again beside itself', async () => {
  const { readiness } = setUp()
  readiness.markStarted()
  const check = vi.fn(() => new Promise(() => undefined))
  readiness.addCheck('database', check)
  for (let question = 0; question < 2; question++) {
    const report = readiness.report()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await report).toEqual({ status: 'failing', failing: ['database'] })
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(check).toHaveBeenCalledTimes(1)
})

test('a check that throws before it has a promise fails like any other', async () => {
  const { readiness } = setUp()
  readiness.addCheck('database', () => {
    throw new Error('at once')
  })
  expect((await readiness.report()).failing).toEqual(['database'])
})
