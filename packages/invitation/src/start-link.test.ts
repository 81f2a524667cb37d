import { expect, test } from 'vitest'
import { startLink } from './start-link.ts'

test('[PASS-3] a link is an https address that every client of Telegram opens', () => {
  expect(startLink('mario_rossi_bot')).toBe('https://t.me/mario_rossi_bot')
  expect(startLink('mario_rossi_bot', 'g_12')).toBe('https://t.me/mario_rossi_bot?start=g_12')
})

test.each(['', 'a b', 'x'.repeat(65), 'perché', 'a&b'])(
  'Telegram would not pass on %j: no link',
  (parameter) => {
    expect(() => startLink('mario_rossi_bot', parameter)).toThrow(/1 to 64/)
  },
)
