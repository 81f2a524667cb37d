import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateApiKey, isSameSecret, parseApiKey } from './api-key.ts'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.split('')

test.each(['live', 'test'] as const)(
  'a %s key says what it is and parses to its id and secret',
  (environment) => {
    const key = generateApiKey(environment)
    expect(key.text).toMatch(new RegExp(`^pst_${environment}_[0-9A-Za-z]{48}$`))
    expect(parseApiKey(key.text)).toEqual({ id: key.id, secretHash: key.secretHash })
  },
)

test('no two keys are alike', () => {
  const keys = Array.from({ length: 200 }, () => generateApiKey('live'))
  expect(new Set(keys.map(({ id }) => id)).size).toBe(200)
  expect(new Set(keys.map(({ secretHash }) => secretHash.toString('hex'))).size).toBe(200)
})

test('a wrong letter anywhere is noticed without a look into the database', () => {
  const { text } = generateApiKey('live')
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom(...LETTERS, '_', '-', ' ', 'é'), (index, letter) => {
      fc.pre(text[index] !== letter)
      expect(parseApiKey(text.slice(0, index) + letter + text.slice(index + 1))).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('two letters that changed places are noticed', () => {
  const { text } = generateApiKey('live')
  for (let index = 9; index < text.length - 1; index++) {
    const [one = '', other = ''] = text.slice(index, index + 2)
    if (one === other) continue
    expect(parseApiKey(text.slice(0, index) + other + one + text.slice(index + 2))).toBeUndefined()
  }
})

test('the checksum covers the environment: a test key does not become a live one', () => {
  expect(parseApiKey(generateApiKey('test').text.replace('_test_', '_live_'))).toBeUndefined()
})

test('any other text is no key', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      expect(parseApiKey(text)).toBeUndefined()
    }),
  )
})

test('secrets are the same only when every byte is', () => {
  const { secretHash } = generateApiKey('live')
  expect(isSameSecret(secretHash, Buffer.from(secretHash))).toBe(true)
  expect(isSameSecret(secretHash, generateApiKey('live').secretHash)).toBe(false)
  expect(isSameSecret(secretHash, secretHash.subarray(1))).toBe(false)
  expect(isSameSecret(secretHash, Buffer.alloc(0))).toBe(false)
})
