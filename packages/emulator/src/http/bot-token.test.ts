import { expect, test } from 'vitest'
import { parseBotToken } from './bot-token.ts'

const SECRET = 'AAF-abcdefghijklmnopqrstuvwxyz_0123'
const INVALID = 'Unauthorized: invalid token specified'

test.each([
  ['', 401, INVALID],
  [`0123:${SECRET}`, 401, INVALID],
  [`1:${'a'.repeat(79)}`, 401, INVALID],
  ['123456', 401, INVALID],
  [`abc:${SECRET}`, 421, 'Misdirected Request: unallowed token specified'],
  [`:${SECRET}`, 421, 'Misdirected Request: unallowed token specified'],
  [`-5:${SECRET}`, 401, INVALID],
  [`${2 ** 54}:${SECRET}`, 401, INVALID],
  ['123:short', 401, 'Unauthorized'],
  [`123:${'ä'.repeat(24)}`, 401, 'Unauthorized'],
])('the token %j is refused with %i %s', (token, code, description) => {
  expect(parseBotToken(token)).toEqual({ status: 'refused', code, description })
})

test('a well-formed token names its bot', () => {
  expect(parseBotToken(`7000001:${SECRET}`)).toEqual({ status: 'wellFormed', botId: 7_000_001 })
})
