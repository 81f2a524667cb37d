import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { callbackDataFor, parseCallbackData } from './callback-data.ts'
import { templateContentSchema } from './content.ts'

const MAX_ID = 9_223_372_036_854_775_807n

test('what a button says is read back, and fits the 64 bytes Telegram takes', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: MAX_ID }), fc.stringMatching(/^[a-z0-9_]{1,32}$/), (id, action) => {
      const messageId = String(id)
      const data = callbackDataFor(messageId, action)
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
      expect(parseCallbackData(data)).toEqual({ messageId, action })
    }),
  )
})

test('every action a template may have can be read back', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '0', '_', 'Z', ':', '\n'), maxLength: 40 }),
      (action) => {
        const content = { text: 'x', buttons: [[{ text: 'x', action }]] }
        const isAllowed = templateContentSchema.safeParse(content).success
        expect(parseCallbackData(callbackDataFor('7', action)) !== undefined).toBe(isAllowed)
      },
    ),
  )
})

test.each([
  '',
  'a:7',
  'a:7:',
  'a::pay',
  'a:07:pay',
  'a:-7:pay',
  'a:7:Pay',
  'a:7:pay\n',
  ' a:7:pay',
  'g:7:pay',
  'a:7:pay:now',
  'a:9223372036854775808:pay',
])('%j is no button of a message', (text) => {
  expect(parseCallbackData(text)).toBeUndefined()
})
