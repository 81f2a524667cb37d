import { expect, test } from 'vitest'
import { DEFAULT_UPDATES, listAllowedUpdates, parseAllowedUpdates } from './allowed-updates.ts'

test('names are taken in any case, unknown ones ignored', () => {
  expect(parseAllowedUpdates('["Message","callback_query","nonsense"]')).toEqual(
    new Set(['message', 'callback_query']),
  )
})

test.each(['[]', '["nonsense"]'])('%s means the default, which leaves three types out', (text) => {
  const allowed = parseAllowedUpdates(text)
  expect(allowed).toBe(DEFAULT_UPDATES)
  expect([...DEFAULT_UPDATES]).not.toContain('chat_member')
  expect(listAllowedUpdates(DEFAULT_UPDATES)).toBeUndefined()
})

test.each(['', '{', '{}', '"message"', '[1]'])('%j changes nothing', (text) => {
  expect(parseAllowedUpdates(text)).toBeUndefined()
})
