import { expect, test } from 'vitest'
import type { MethodAnswer } from '../methods/method.ts'
import { createClock } from '../clock.ts'
import { createLongPoll } from './long-poll.ts'
import { createPollManners } from './poll-manners.ts'
import { createUpdateQueue } from './update-queue.ts'

function createPoll(hasPenalties = true) {
  const clock = createClock()
  const queue = createUpdateQueue(clock, 1)
  const longPoll = createLongPoll({ clock, queue, manners: createPollManners(clock, () => hasPenalties) })
  const push = () => {
    queue.push({ field: '"message":1', lane: 'a', expiresAtMs: clock.nowMs() + 1e6 })
    longPoll.wake()
  }
  const poll = (
    request: { offset?: number; limit?: number; timeoutSeconds?: number; signal?: AbortSignal } = {},
  ) =>
    longPoll.poll({
      offset: 0,
      limit: 100,
      timeoutSeconds: 0,
      signal: new AbortController().signal,
      ...request,
    })
  return { clock, queue, longPoll, push, poll }
}

function idsOf(answer: MethodAnswer): number[] {
  if (answer.status !== 'doneRaw') throw new Error(`refused: ${JSON.stringify(answer)}`)
  return JSON.parse(answer.json).map((update: { update_id: number }) => update.update_id)
}

test('a call without a timeout is answered at once', async () => {
  const { poll, push } = createPoll(false)
  expect(idsOf(await poll())).toEqual([])
  push()
  expect(idsOf(await poll())).toEqual([1])
})

test('a waiting call gets the next update, and the one right after it', async () => {
  const { poll, push } = createPoll()
  const waiting = poll({ timeoutSeconds: 50 })
  push()
  push()
  expect(idsOf(await waiting)).toEqual([1, 2])
})

test('a waiting call is answered empty when its time is over', async () => {
  const { clock, poll } = createPoll()
  const waiting = poll({ timeoutSeconds: 50 })
  clock.advance(50_000)
  expect(idsOf(await waiting)).toEqual([])
})

test('the older of two waiting calls gets a conflict', async () => {
  const { poll, push } = createPoll()
  const first = poll({ timeoutSeconds: 50 })
  const second = poll({ timeoutSeconds: 50, offset: 5 })
  expect(await first).toEqual({
    status: 'refused',
    code: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  })
  push()
  expect(idsOf(await second)).toEqual([])
})

test('a second conflict within three seconds is held back', async () => {
  const { clock, poll } = createPoll()
  void poll({ timeoutSeconds: 50 })
  const second = poll({ timeoutSeconds: 50 })
  void poll({ timeoutSeconds: 50 })
  const state = await Promise.race([second, Promise.resolve('held back')])
  expect(state).toBe('held back')
  clock.advance(3000)
  expect(await second).toMatchObject({ code: 409 })
})

test('asking again at once with the same offset is slowed to three seconds, and to one update', async () => {
  const { clock, poll, push } = createPoll()
  expect(idsOf(await poll())).toEqual([])
  const again = poll()
  expect(await Promise.race([again, Promise.resolve('waits')])).toBe('waits')
  push()
  push()
  await again
  expect(idsOf(await poll())).toEqual([1])
  clock.advance(4000)
  expect(idsOf(await poll())).toEqual([1, 2])
})

test('a negative offset keeps only the newest', async () => {
  const { poll, push } = createPoll(false)
  for (let count = 0; count < 5; count++) push()
  expect(idsOf(await poll({ offset: -2 }))).toEqual([4, 5])
  expect(idsOf(await poll())).toEqual([4, 5])
})

test('a client that hangs up leaves its updates to the next call', async () => {
  const { poll, push } = createPoll(false)
  const hangUp = new AbortController()
  const lost = poll({ timeoutSeconds: 50, signal: hangUp.signal })
  hangUp.abort()
  push()
  expect(idsOf(await lost)).toEqual([])
  expect(idsOf(await poll())).toEqual([1])
})

test('an answer stays below four megabytes', async () => {
  const { clock, queue, poll } = createPoll(false)
  for (let count = 0; count < 6; count++) {
    queue.push({
      field: `"message":"${'x'.repeat(1024 * 1024)}"`,
      lane: 'a',
      expiresAtMs: clock.nowMs() + 1e6,
    })
  }
  expect(idsOf(await poll())).toEqual([1, 2, 3])
})
