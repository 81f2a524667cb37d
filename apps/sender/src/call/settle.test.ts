import { canMove, findReason } from '@postino/domain'
import type { DeliveryFailure } from '@postino/telegram'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answer } from './call-telegram.ts'
import { callOf } from '../claimed-message.ts'
import { settle, type Consequence, type Settlement } from './settle.ts'

const MESSAGE = { attempts: 0, chatId: '501' }
const DESCRIPTION = 'what Telegram said'

type Unreachable = Extract<DeliveryFailure, { status: 'unreachable' }>['reason']
type Refused = Extract<DeliveryFailure, { status: 'refused' }>['reason']
type Unknown = Extract<DeliveryFailure, { status: 'unknown' }>['reason']

// Records, so that the compiler asks for a row for every reason there is.
const UNREACHABLE: Record<Unreachable, 'blocked' | 'revoked'> = {
  bot_blocked: 'blocked',
  never_started: 'blocked',
  user_deactivated: 'revoked',
  chat_not_found: 'revoked',
  recipient_is_bot: 'revoked',
  recipient_restricted: 'revoked',
  kicked_from_group: 'revoked',
  group_deleted: 'revoked',
}
const REFUSED: Record<Refused, 'rejected' | 'failed'> = {
  no_rights: 'rejected',
  refused_by_telegram: 'rejected',
  content_refused: 'failed',
  too_long: 'failed',
  empty_text: 'failed',
  internal_error: 'failed',
}
const UNKNOWN: Record<Unknown, true> = { connection_lost: true, timed_out: true, server_error: true }

/** For every answer there is, what becomes of the message and what else happens. */
const ROWS: [Answer, Settlement['result'], Consequence | undefined][] = [
  [
    { status: 'sent', telegramMessageId: 12 },
    { status: 'sent', telegramMessageId: 12, countsAsAttempt: true },
    undefined,
  ],
  [
    { status: 'flooded', retryAfterSeconds: 35, description: DESCRIPTION },
    { status: 'queued', dueInMs: 35_000, countsAsAttempt: false },
    { kind: 'cool_chat', retryAfterSeconds: 35 },
  ],
  [
    { status: 'migrated', chatId: '-1001', description: DESCRIPTION },
    { status: 'queued', dueInMs: 0, countsAsAttempt: false },
    { kind: 'move_chat', chatId: '-1001' },
  ],
  [
    { status: 'bot_broken', reason: 'token_refused', description: 'Unauthorized' },
    { status: 'queued', dueInMs: 0, countsAsAttempt: false },
    { kind: 'park_bot', reason: 'token_refused: Unauthorized' },
  ],
  [
    { status: 'not_sent', description: DESCRIPTION },
    { status: 'queued', dueInMs: 1_000, countsAsAttempt: true },
    { kind: 'pause_turn' },
  ],
  ...keys(UNREACHABLE).map((reason): (typeof ROWS)[number] => [
    { status: 'unreachable', reason, description: DESCRIPTION },
    { status: 'rejected', reason, detail: DESCRIPTION, countsAsAttempt: true },
    { kind: 'close_registration', status: UNREACHABLE[reason] },
  ]),
  ...keys(REFUSED).map((reason): (typeof ROWS)[number] => [
    { status: 'refused', reason, description: DESCRIPTION },
    { status: REFUSED[reason], reason, detail: DESCRIPTION, countsAsAttempt: true },
    undefined,
  ]),
  ...keys(UNKNOWN).map((reason): (typeof ROWS)[number] => [
    { status: 'unknown', reason, description: DESCRIPTION },
    { status: 'unknown', reason, detail: DESCRIPTION, countsAsAttempt: true },
    undefined,
  ]),
]

test.each(ROWS)('%o', (answer, result, consequence) => {
  expect(settle(answer, MESSAGE, 0)).toEqual({ result, ...(consequence && { consequence }) })
})

test('every status a message may get is one it may move to, and every reason belongs to it', () => {
  const statuses: Record<Answer['status'], true> = {
    sent: true,
    flooded: true,
    unreachable: true,
    migrated: true,
    refused: true,
    bot_broken: true,
    not_sent: true,
    unknown: true,
  }
  expect(new Set(ROWS.map(([{ status }]) => status))).toEqual(new Set(keys(statuses)))
  for (const [answer] of ROWS) {
    const { result } = settle(answer, MESSAGE, 0)
    expect(canMove('sending', result.status)).toBe(true)
    expect(result.reason === undefined || findReason(result.reason)?.status === result.status).toBe(true)
  }
})

test('a message whose files can go another way takes its place again, without an attempt counted', () => {
  const refused: Answer = { status: 'refused', reason: 'content_refused', description: DESCRIPTION }
  expect(settle(refused, { ...MESSAGE, hasAnotherWay: true }, 0)).toEqual({
    result: { status: 'queued', dueInMs: 0, countsAsAttempt: false },
  })
  // What it learned about files changes nothing for other answers.
  const sent: Answer = { status: 'sent', telegramMessageId: 12 }
  expect(settle(sent, { ...MESSAGE, hasAnotherWay: true }, 0).result.status).toBe('sent')
})

test('what Telegram refuses for an unknown reason when it may charge for it is tried without paying', () => {
  const refused: Answer = { status: 'refused', reason: 'refused_by_telegram', description: DESCRIPTION }
  expect(settle(refused, { ...MESSAGE, isPaid: true }, 0)).toEqual({
    result: { status: 'queued', dueInMs: 0, countsAsAttempt: false },
    consequence: { kind: 'stop_paying' },
  })
  const known: Answer = { ...refused, reason: 'content_refused' }
  expect(settle(known, { ...MESSAGE, isPaid: true }, 0).result.status).toBe('failed')
})

test('retries wait longer and longer, up to a minute, never less than half of that, and end after a day', () => {
  const dueInMs = (attempts: number, random: number) =>
    settle({ status: 'not_sent', description: '' }, { ...MESSAGE, attempts }, random).result.dueInMs ?? NaN
  expect([0, 1, 2, 5, 6, 100].map((attempts) => dueInMs(attempts, 0))).toEqual([
    1_000, 2_000, 4_000, 32_000, 60_000, 60_000,
  ])
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_438 }), random, (attempts, chance) => {
      const fullMs = dueInMs(attempts, 0)
      expect(dueInMs(attempts, chance)).toBeGreaterThanOrEqual(fullMs / 2)
      expect(dueInMs(attempts, chance)).toBeLessThanOrEqual(fullMs)
    }),
  )
  const given = settle({ status: 'not_sent', description: 'refused' }, { ...MESSAGE, attempts: 1_439 }, 0)
  expect(given.result).toMatchObject({ status: 'failed', reason: 'telegram_unreachable', detail: 'refused' })
})

test('a chat that is said to have moved to where it is ends the message, not in a circle', () => {
  const settled = settle({ status: 'migrated', chatId: '501', description: DESCRIPTION }, MESSAGE, 0)
  expect(settled).toEqual({
    result: {
      status: 'rejected',
      reason: 'refused_by_telegram',
      detail: DESCRIPTION,
      countsAsAttempt: true,
    },
  })
})

test('a success without a usable number is a success', () => {
  const { result } = settle({ status: 'sent', telegramMessageId: 1.5 }, MESSAGE, 0)
  expect(result).toEqual({ status: 'sent', telegramMessageId: undefined, countsAsAttempt: true })
})

test('an album costs its files', () => {
  const cost = (files: number) =>
    callOf({ chatId: '1', content: { media: Array.from({ length: files }) } }).cost
  expect([0, 1, 10].map(cost)).toEqual([1, 1, 10])
})

test('a negative chat id is a group’s', () => {
  expect([callOf({ chatId: '501' }), callOf({ chatId: '-1001' })]).toEqual([
    { chat: '501', chatKind: 'private', cost: 1 },
    { chat: '-1001', chatKind: 'group', cost: 1 },
  ])
})

function keys<Key extends string>(record: Record<Key, unknown>): Key[] {
  // The records above are literals: they have no other keys.
  return Object.keys(record) as Key[]
}
