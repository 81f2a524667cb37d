import { expect, test, vi } from 'vitest'
import { createLogger } from '../log/create-logger.ts'
import { waitFor } from './wait-for.ts'

function setUp() {
  const lines: Record<string, unknown>[] = []
  const destination = { write: (line: string) => void lines.push(Object(JSON.parse(line))) }
  const logger = createLogger({ name: 'trial', level: 'info', destination })
  return { lines, events: () => lines.map((line) => line['msg']), logger, stopping: new AbortController() }
}

/** Fails with each of the codes in turn, then succeeds. */
function failingWith(codes: string[]) {
  const left = [...codes]
  return vi.fn(async () => {
    const code = left.shift()
    if (code !== undefined) throw Object.assign(new Error(code), { code })
  })
}

test('a peer that is there is no line in the log', async () => {
  const { logger, stopping, events } = setUp()
  await waitFor('database', failingWith([]), { logger, signal: stopping.signal })
  expect(events()).toEqual([])
})

test('one line when it is missed, one when the reason changes, one when it is there', async () => {
  const { logger, stopping, lines } = setUp()
  const probe = failingWith(['ECONNREFUSED', 'ECONNREFUSED', '57P03', '57P03'])
  await waitFor('database', probe, { logger, signal: stopping.signal, sleep: async () => undefined })
  expect(probe).toHaveBeenCalledTimes(5)
  expect(lines).toMatchObject([
    { msg: 'peer.missing', peer: 'database', err: { code: 'ECONNREFUSED' } },
    { msg: 'peer.missing', err: { code: '57P03' } },
    { msg: 'peer.found', peer: 'database' },
  ])
})

test('it asks ever less often, yet about every five seconds at least, and never in step with others', async () => {
  const { logger, stopping } = setUp()
  const waits: number[] = []
  const sleep = async (waitMs: number) => void waits.push(waitMs)
  await waitFor('redis', failingWith(Array(20).fill('gone')), { logger, signal: stopping.signal, sleep })
  expect(waits).toHaveLength(20)
  expect(waits[0]).toBeLessThan(150)
  for (const waitMs of waits.slice(8)) {
    expect(waitMs).toBeGreaterThanOrEqual(4_000)
    expect(waitMs).toBeLessThanOrEqual(6_000)
  }
  expect(new Set(waits.slice(8)).size).toBeGreaterThan(1)
})

test('the wait ends when the service stops, and asks no more', async () => {
  const { logger, stopping } = setUp()
  const probe = vi.fn(async () => {
    stopping.abort()
    throw new Error('gone')
  })
  await expect(waitFor('redis', probe, { logger, signal: stopping.signal })).rejects.toHaveProperty(
    'name',
    'AbortError',
  )
  expect(probe).toHaveBeenCalledTimes(1)
})

test('a peer that never answers counts as missing', async () => {
  const { logger, stopping, lines } = setUp()
  vi.useFakeTimers()
  try {
    const waiting = waitFor('redis', () => new Promise(() => undefined), {
      logger,
      signal: stopping.signal,
    }).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(lines).toMatchObject([{ msg: 'peer.missing', err: { message: 'no answer within 10000 ms' } }])
    stopping.abort()
    expect(await waiting).toHaveProperty('name', 'AbortError')
  } finally {
    vi.useRealTimers()
  }
})
