import { expect, test } from 'vitest'
import { createColdBotLimit } from './cold-bot-limit.ts'
import { createUploadThrottle } from './upload-throttle.ts'

test('uploads of one size are spaced by it, after a credit of a second', () => {
  const throttle = createUploadThrottle(() => true)
  const upload = (nowMs: number): object => throttle.arrive({ botId: 1, sizeBytes: 5_000_000, nowMs })
  expect([upload(0), upload(0), upload(0)]).toEqual([
    { status: 'pass' },
    { status: 'pass' },
    { status: 'pass' },
  ])
  expect(upload(0)).toEqual({ status: 'hold', holdMs: 500 })
  for (let count = 0; count < 9; count++) upload(0)
  expect(upload(0)).toEqual({ status: 'hold', holdMs: 5500 })
  expect(upload(0)).toEqual({ status: 'refuse', retryAfterSeconds: 60, holdMs: 3000 })
})

test('small uploads, other sizes and other bots do not wait', () => {
  const throttle = createUploadThrottle(() => true)
  for (let count = 0; count < 30; count++) throttle.arrive({ botId: 1, sizeBytes: 500_000, nowMs: 0 })
  expect(throttle.arrive({ botId: 1, sizeBytes: 500_000, nowMs: 0 }).status).not.toBe('pass')
  expect(throttle.arrive({ botId: 1, sizeBytes: 100_000, nowMs: 0 })).toEqual({ status: 'pass' })
  expect(throttle.arrive({ botId: 1, sizeBytes: 500_001, nowMs: 0 })).toEqual({ status: 'pass' })
  expect(throttle.arrive({ botId: 2, sizeBytes: 500_000, nowMs: 0 })).toEqual({ status: 'pass' })
})

test('an address brings only so many new bots in a minute and in an hour', () => {
  const limit = createColdBotLimit(() => ({ perMinute: 2, perHour: 3 }))
  const arrive = (nowMs: number, address = '10.0.0.1'): object => limit.arrive({ address, nowMs })
  expect([arrive(0), arrive(0)]).toEqual([{ status: 'pass' }, { status: 'pass' }])
  expect(arrive(0)).toEqual({ status: 'refuse', retryAfterSeconds: 61 })
  expect(arrive(0, '10.0.0.2')).toEqual({ status: 'pass' })
  expect(arrive(60_000)).toEqual({ status: 'pass' })
  expect(arrive(120_000)).toEqual({ status: 'refuse', retryAfterSeconds: 3481 })
})

test('without a limit any number of bots may come', () => {
  const limit = createColdBotLimit(() => ({ perMinute: 0, perHour: 0 }))
  for (let count = 0; count < 1000; count++) {
    expect(limit.arrive({ address: '10.0.0.1', nowMs: 0 })).toEqual({ status: 'pass' })
  }
})
