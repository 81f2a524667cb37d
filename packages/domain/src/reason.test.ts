import { expect, test } from 'vitest'
import { isFinal, MESSAGE_STATUSES } from './message-status.ts'
import { findReason, listReasons, REASONS } from './reason.ts'

test('every way to end but sent has reasons, and a code belongs to one status only', () => {
  const explained = MESSAGE_STATUSES.filter((status) => status in REASONS)
  const ends = MESSAGE_STATUSES.filter((status) => isFinal(status) || status === 'unknown')
  expect(explained).toEqual(ends.filter((status) => status !== 'sent'))
  const codes = listReasons().map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(new Set(listReasons().map(({ status }) => status)).size).toBe(explained.length)
})

test('a reason is told in one plain sentence', () => {
  for (const { code, text } of listReasons()) {
    expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*$/)
    expect(text).toMatch(/^[A-Z][^.]*\.$/)
  }
})

test('a reason is found by its code, and nothing by a name objects inherit', () => {
  expect(findReason('bot_blocked')).toMatchObject({ status: 'rejected' })
  expect(findReason('constructor')).toBeUndefined()
})
