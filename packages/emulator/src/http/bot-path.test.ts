import { expect, test } from 'vitest'
import { parseBotPath } from './bot-path.ts'

test.each([
  ['/bot1:a/getMe', '1:a', 'getMe'],
  ['/bot1:a/test/getMe', '1:a', 'getMe'],
  ['/bot1:a/', '1:a', ''],
  ['/bot1%3Aa/get%4De', '1:a', 'getMe'],
  ['/bot/getMe', '', 'getMe'],
])('%s is a call', (path, token, method) => {
  expect(parseBotPath(path)).toEqual({ status: 'call', token, method })
})

test.each(['/bot1:a', '/', '/getMe', '/bot1:a/testing'])('%s is not found', (path) => {
  expect(parseBotPath(path)).toEqual({ status: 'notFound' })
})
