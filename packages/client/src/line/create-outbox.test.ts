import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { ClosedError, UnavailableError } from '../errors.ts'
import { readSettings, type Retry } from '../settings.ts'
import { createScriptedTransport, type Script } from '../testing/scripted-transport.ts'
import { createOutbox } from './create-outbox.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(scripts: Script[], given: Parameters<typeof readSettings>[0] = {}) {
  const transport = createScriptedTransport(scripts)
  const outbox = createOutbox({ transport, settings: readSettings(given), nowMs: () => performance.now() })
  const add = (id: string, sizeBytes = 10) => outbox.add({ id, json: '{}', sizeBytes })
  return { outbox, transport, add }
}

test('what comes within the linger goes together, what comes later goes next', async () => {
  const { add, transport } = setUp([], { lingerMs: 5 })
  add('a')
  await vi.advanceTimersByTimeAsync(3)
  add('b')
  await vi.advanceTimersByTimeAsync(3)
  add('c')
  await vi.runAllTimersAsync()
  expect(transport.tries).toEqual([['a', 'b'], ['c']])
})

test('flushing waits for nobody else', async () => {
  const { add, transport, outbox } = setUp([], { lingerMs: 60_000 })
  add('a')
  const flushed = outbox.flush()
  await vi.advanceTimersByTimeAsync(10)
  await flushed
  expect(transport.taken).toEqual(['a'])
})

test('a batch has no more events than it may, and no more bytes', async () => {
  const few = setUp([], { maxBatchEvents: 3 })
  for (const id of ['a', 'b', 'c', 'd']) few.add(id)
  await vi.runAllTimersAsync()
  expect(few.transport.tries).toEqual([['a', 'b', 'c'], ['d']])

  const large = setUp([])
  for (let index = 0; index < 65; index++) large.add(`large-${index}`, 64 * 1024)
  await vi.runAllTimersAsync()
  // 64 of them are 4 MiB, but for the commas and brackets.
  expect(large.transport.tries.map(({ length }) => length)).toEqual([63, 2])
})

test('one lane keeps the order, whatever has to be sent again', async () => {
  const { add, transport } = setUp(['again', 'throw', ['again', 'accept']], { maxBatchEvents: 2 })
  const ids = ['a', 'b', 'c', 'd', 'e']
  for (const id of ids) add(id)
  await vi.runAllTimersAsync()
  expect(transport.tries).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b'], ['a'], ['c', 'd'], ['e']])
  expect(transport.taken).toEqual(['b', 'a', 'c', 'd', 'e'])
})

test('a longer wait than its own is obeyed when it is asked for', async () => {
  const retries: Retry[] = []
  const { add, transport } = setUp(['later'], { onRetry: (retry) => retries.push(retry) })
  add('a')
  await vi.advanceTimersByTimeAsync(4_900)
  expect(transport.tries).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(transport.tries).toHaveLength(2)
  expect(retries).toEqual([{ attempt: 1, delayMs: 5_000, events: 1, reason: 'later', status: undefined }])
})

test('a try that hangs ends, and is repeated', async () => {
  const { add, transport } = setUp(['hang'], { attemptTimeoutMs: 700 })
  const { result } = add('a')
  await vi.runAllTimersAsync()
  expect(await result).toMatchObject({ status: 'accepted' })
  expect(transport.tries).toHaveLength(2)
})

test('the time an event is tried for has an end, and what came later has its own', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  onTestFinished(() => void vi.restoreAllMocks())
  const { add } = setUp(Array(200).fill('again'), { retryForMs: 2_000 })
  const early = add('early')
  await vi.advanceTimersByTimeAsync(1_500)
  const late = add('late')
  await vi.advanceTimersByTimeAsync(600)
  expect(await early.result).toMatchObject({
    status: 'failed',
    id: 'early',
    error: expect.any(UnavailableError),
  })
  const isPending = vi.fn()
  void late.result.then(isPending)
  await vi.advanceTimersByTimeAsync(500)
  expect(isPending).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await late.result).toMatchObject({ status: 'failed', id: 'late' })
})

test('who does not wait any more is not sent, if it has not been', async () => {
  const { add, outbox, transport } = setUp([], { lingerMs: 5 })
  const dropped = add('dropped')
  add('kept')
  outbox.drop(dropped, new Error('no longer'))
  await vi.runAllTimersAsync()
  expect(await dropped.result).toMatchObject({ status: 'failed', error: { message: 'no longer' } })
  expect(transport.tries).toEqual([['kept']])
})

test('closing sends what is pending; at its deadline what is left fails', async () => {
  const first = setUp([])
  const sent = first.add('a')
  const closed = first.outbox.close(1_000)
  await vi.runAllTimersAsync()
  await closed
  expect(await sent.result).toMatchObject({ status: 'accepted' })

  const second = setUp(['hang'])
  const [stuck, waiting] = [second.add('b'), second.add('c')]
  const closing = second.outbox.close(1_000)
  await vi.runAllTimersAsync()
  await closing
  for (const { result } of [stuck, waiting]) {
    expect(await result).toMatchObject({ status: 'failed', error: expect.any(ClosedError) })
  }
  expect(second.outbox.pending.size()).toEqual({ events: 0, bytes: 0 })
})

test('room is counted in events and in bytes, and told when there is some', async () => {
  const { add, outbox } = setUp([], { maxPending: 2, maxPendingBytes: 100 })
  add('a', 100)
  expect(outbox.pending.isFull()).toBe(true)
  const room = outbox.pending.whenRoom()
  await vi.runAllTimersAsync()
  await room
  expect(outbox.pending.isFull()).toBe(false)
})

const word = fc.constantFrom('accept' as const, 'again' as const, 'refuse' as const)
const script: fc.Arbitrary<Script> = fc.oneof(
  fc.constantFrom('accept', 'again', 'later', 'throw', 'hang', 'refuse'),
  fc.array(word, { minLength: 1, maxLength: 5 }),
)

test('whatever happens on the way, each event ends exactly once, and is taken once if it is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(script, { maxLength: 40 }),
      fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 60 }),
      fc.record({
        maxBatchEvents: fc.integer({ min: 1, max: 20 }),
        concurrency: fc.integer({ min: 1, max: 4 }),
        retryForMs: fc.nat({ max: 20_000 }),
        attemptTimeoutMs: fc.integer({ min: 2, max: 3_000 }),
      }),
      async (scripts, gapsMs, settings) => {
        const { add, transport, outbox } = setUp(scripts, settings)
        const ends = new Map<string, string[]>()
        for (const [index, gapMs] of gapsMs.entries()) {
          const id = `e${index}`
          void add(id).result.then(({ status }) => ends.set(id, [...(ends.get(id) ?? []), status]))
          // Half of them come in one go.
          if (gapMs > 200) await vi.advanceTimersByTimeAsync(gapMs)
        }
        await vi.runAllTimersAsync()
        expect([...ends.keys()].sort()).toEqual(gapsMs.map((_gap, index) => `e${index}`).sort())
        for (const [id, statuses] of ends) {
          expect(statuses).toHaveLength(1)
          expect(transport.taken.filter((taken) => taken === id)).toHaveLength(
            statuses[0] === 'accepted' ? 1 : 0,
          )
        }
        expect(outbox.pending.size()).toEqual({ events: 0, bytes: 0 })
        if (settings.concurrency === 1) expectOrder(transport.tries)
      },
    ),
    { numRuns: 200 },
  )
})

/** The first tries of the events are in the order in which they came. */
function expectOrder(tries: string[][]): void {
  const firsts = [...new Set(tries.flat())].map((id) => Number(id.slice(1)))
  expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
}
