import { expect, test } from 'vitest'
import { createPostino } from './create-postino.ts'
import { readSettings } from './settings.ts'

test('what is not given, or undefined, has its default', () => {
  expect(readSettings({ lingerMs: undefined, retryForMs: 5 })).toMatchObject({
    lingerMs: 2,
    retryForMs: 5,
    maxPending: 10_000,
  })
})

test.each([
  ['maxBatchEvents', 501],
  ['maxBatchBytes', 1_000],
  ['concurrency', 0],
  ['retryForMs', Number.NaN],
  ['lingerMs', '2'],
])('%s of %s makes no sense', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(RangeError)
})

test.each<[string, object]>([
  ['nothing', {}],
  ['a missing key', { url: 'https://postino.example', apiKey: undefined }],
  ['a shop that is none', { redis: 'redis://127.0.0.1', shop: 'a b' }],
  ['a url that is none', { redis: 'https://127.0.0.1', shop: 'shop' }],
  ['a client that is none', { redis: {}, shop: 'shop' }],
])('%s is told at once', (_name, settings) => {
  expect(() => createPostino(Object(settings))).toThrow(TypeError)
})
