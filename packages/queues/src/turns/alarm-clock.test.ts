import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Turn } from '../job-catalogue.ts'
import { createAlarmClock } from './alarm-clock.ts'

const bot: Turn = { shopId: '1', botId: '7' }

function unexpected(error: Error): never {
  throw error
}

/** Alarms in memory, by the clock of the fake timers. */
function createFakeAlarms() {
  const dueAtMs = new Map<Turn, number>()
  let looks = 0
  return {
    dueAtMs,
    looks: () => looks,
    set: async () => undefined,
    clear: async () => undefined,
    haveWithin: async () => [],
    count: async () => dueAtMs.size,
    async ring() {
      looks++
      const due = [...dueAtMs].filter(([, at]) => at <= performance.now()).map(([turn]) => turn)
      for (const turn of due) dueAtMs.delete(turn)
      const next = Math.min(...dueAtMs.values())
      return { due, nextInMs: Number.isFinite(next) ? Math.ceil(next - performance.now()) : undefined }
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('an alarm rings when it is due, whether this process knew of it or not', async () => {
  const alarms = createFakeAlarms()
  const wake = vi.fn(async () => undefined)
  const clock = createAlarmClock({ alarms, wake, onError: unexpected })
  clock.start()
  await vi.advanceTimersByTimeAsync(0)

  alarms.dueAtMs.set(bot, performance.now() + 7)
  clock.expectIn(7)
  await vi.advanceTimersByTimeAsync(7)
  expect(wake).toHaveBeenCalledExactlyOnceWith([bot])

  alarms.dueAtMs.set(bot, performance.now() + 150)
  await vi.advanceTimersByTimeAsync(149)
  expect(wake).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(wake).toHaveBeenCalledTimes(2)
  await clock.stop()
})

test('an alarm set while ringing is not overlooked', async () => {
  const alarms = createFakeAlarms()
  const slowWake = Promise.withResolvers<undefined>()
  const wake = vi.fn(async () => undefined).mockImplementationOnce(() => slowWake.promise)
  const clock = createAlarmClock({ alarms, wake, onError: unexpected })
  alarms.dueAtMs.set(bot, 0)
  clock.start()
  await vi.advanceTimersByTimeAsync(0)
  expect(wake).toHaveBeenCalledTimes(1)

  alarms.dueAtMs.set(bot, performance.now() + 3)
  clock.expectIn(3)
  await vi.advanceTimersByTimeAsync(5)
  slowWake.resolve(undefined)
  await vi.advanceTimersByTimeAsync(1)
  expect(wake).toHaveBeenCalledTimes(2)
  await clock.stop()
})

test('an idle clock looks ten times a second, and after an error too', async () => {
  const alarms = createFakeAlarms()
  const onError = vi.fn()
  const ring = vi.spyOn(alarms, 'ring').mockRejectedValue(new Error('Redis is away'))
  const clock = createAlarmClock({ alarms, wake: async () => undefined, onError })
  clock.start()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(onError.mock.calls.length).toBeGreaterThanOrEqual(10)
  expect(onError.mock.calls.length).toBeLessThanOrEqual(11)
  ring.mockRestore()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(alarms.looks()).toBe(10)
  await clock.stop()
})

test('a stopped clock never rings again', async () => {
  const alarms = createFakeAlarms()
  const clock = createAlarmClock({ alarms, wake: async () => undefined, onError: unexpected })
  clock.start()
  await vi.advanceTimersByTimeAsync(250)
  await clock.stop()
  const looks = alarms.looks()
  clock.expectIn(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(alarms.looks()).toBe(looks)
})
