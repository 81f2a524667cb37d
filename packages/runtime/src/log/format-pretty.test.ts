import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { formatPretty } from './format-pretty.ts'

const ENTRY = {
  level: 'warn',
  time: '2026-11-21T09:08:17.717Z',
  name: 'sender',
  msg: 'turn.failed',
  bot: '7',
  why: 'two words',
}

test('a line for a person has time, level, who, what and the fields, and an error’s causes below', () => {
  const err = {
    name: 'Error',
    message: 'no',
    stack: 'Error: no\n    at a.ts:1',
    code: 'E1',
    cause: { name: 'Error', message: 'deep' },
  }
  expect(stripVTControlCharacters(formatPretty(JSON.stringify({ ...ENTRY, err })))).toBe(
    [
      '09:08:17.717 WARN  sender turn.failed bot=7 why="two words"',
      '  Error: no',
      '      at a.ts:1 {"code":"E1"}',
      '  caused by',
      '    Error: deep',
      '',
    ].join('\n'),
  )
})

test('a line that is no JSON is passed on', () => {
  expect(formatPretty('not json\n')).toBe('not json\n')
})
