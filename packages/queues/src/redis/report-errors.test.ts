import { inspect } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createErrorReporter } from './report-errors.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('the same error over and over is reported once in ten seconds, another one at once', () => {
  const onError = vi.fn()
  const report = createErrorReporter(onError)
  for (let i = 0; i < 50; i++) {
    report(new Error('refused'))
    vi.advanceTimersByTime(100)
  }
  report(new Error('another'))
  expect(onError).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(5_001)
  report(new Error('refused'))
  expect(onError).toHaveBeenCalledTimes(3)
})

test('the command that failed, with its arguments, is not passed on', () => {
  const onError = vi.fn()
  const report = createErrorReporter(onError)
  const cause = Object.assign(new Error('inner'), { command: { name: 'auth', args: ['hunter2'] } })
  const error = Object.assign(new Error('outer', { cause }), { command: { name: 'set', args: ['hunter2'] } })
  report(error)
  expect(onError).toHaveBeenCalledWith(error)
  expect(inspect(onError.mock.calls, { depth: 10, showHidden: true })).not.toContain('hunter2')
})

test('what is thrown without being an error is reported as one', () => {
  const onError = vi.fn()
  createErrorReporter(onError)('hunter2')
  expect(onError).toHaveBeenCalledWith(expect.any(Error))
})
