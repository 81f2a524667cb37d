import { createQuietUntil, type TemplateContent } from '@postino/domain'
import { expect, test } from 'vitest'
import type { MessageOfShop } from './decide-message.ts'
import { messageToRender, publishedTemplate, RENDERED_AT_MS } from './message-to-render.ts'
import { whenToTell } from './when-to-tell.ts'

const quietUntil = createQuietUntil()
const HOUR_MS = 3_600_000
const { shop } = messageToRender()
// It is ten past four in the afternoon in Rome.
const QUIET = { ...shop, quietHours: { from: '13:00', until: '17:00' } }
const UNTIL_MS = Date.parse('2026-11-18T16:00Z')
const REMINDER = { lane: 1, shop: QUIET }

function when(
  change: Partial<MessageOfShop>,
  template: Partial<TemplateContent> = {},
  timeZone = 'Europe/Rome',
) {
  const content = { ...publishedTemplate().content, ...template }
  return whenToTell(messageToRender(change), { content, timeZone, quietUntil })
}

test('[U11] in quiet hours transactional messages are told at once, and all others when the hours end', () => {
  const later = { status: 'later', dueAtMs: UNTIL_MS, isTooLate: false }
  expect(when({ shop: QUIET })).toEqual({ status: 'now', isSilent: false })
  expect(when(REMINDER)).toEqual(later)
  expect(when({ ...REMINDER, lane: 2 })).toEqual(later)
  expect(when({ ...REMINDER, shop })).toEqual({ status: 'now', isSilent: false })
})

test('[U11] the clock is the recipient’s', () => {
  expect(when(REMINDER, {}, 'Asia/Kathmandu')).toMatchObject({ status: 'now', isSilent: false })
  expect(when(REMINDER, {}, 'Atlantic/Azores')).toMatchObject({
    status: 'later',
    dueAtMs: UNTIL_MS + 2 * HOUR_MS,
  })
})

test('[U11] what is told at once may not be told any more when quiet hours begin; what is told at any hour may', () => {
  const evening = { ...shop, quietHours: { from: '21:00', until: '08:00' } }
  const quietFromMs = Date.parse('2026-11-18T20:00Z')
  expect(when({ lane: 1, shop: evening })).toEqual({ status: 'now', isSilent: false, quietFromMs })
  expect(when({ lane: 1, shop: evening }, { quiet_hours: 'send_silently' })).toMatchObject({ quietFromMs })
  expect(when({ shop: evening })).toEqual({ status: 'now', isSilent: false })
  expect(when({ lane: 1, shop: evening, isTest: true })).toEqual({ status: 'now', isSilent: false })
})

test('[U11] the template’s own rule goes before that of the lane, and is silent in quiet hours alone', () => {
  expect(when({ shop: QUIET }, { quiet_hours: 'wait' })).toMatchObject({ status: 'later' })
  expect(when(REMINDER, { quiet_hours: 'send' })).toEqual({ status: 'now', isSilent: false })
  expect(when(REMINDER, { quiet_hours: 'send_silently' })).toEqual({ status: 'now', isSilent: true })
  expect(when({ lane: 1 }, { quiet_hours: 'send_silently' })).toEqual({ status: 'now', isSilent: false })
  expect(when(REMINDER, { quiet_hours: 'send_silently' }, 'Asia/Kathmandu')).toMatchObject({
    isSilent: false,
  })
})

test('after the deadline of the event or of the template nobody is told', () => {
  expect(when({ deadlineAtMs: RENDERED_AT_MS })).toEqual({ status: 'never' })
  expect(when({ deadlineAtMs: RENDERED_AT_MS + 1 })).toMatchObject({ status: 'now' })
  const acceptedAtMs = RENDERED_AT_MS - 60_000
  expect(when({ acceptedAtMs }, { expires_after_seconds: 60 })).toEqual({ status: 'never' })
  expect(when({ acceptedAtMs }, { expires_after_seconds: 61 })).toMatchObject({ status: 'now' })
})

test('[U11] what cannot be told before its deadline waits for that, to end then', () => {
  const tooLate = (dueAtMs: number) => ({ status: 'later', dueAtMs, isTooLate: true })
  expect(when({ ...REMINDER, deadlineAtMs: UNTIL_MS - 5 })).toEqual(tooLate(UNTIL_MS - 5))
  expect(when({ ...REMINDER, deadlineAtMs: UNTIL_MS })).toEqual(tooLate(UNTIL_MS))
  expect(when({ ...REMINDER, deadlineAtMs: UNTIL_MS + 1 })).toMatchObject({ isTooLate: false })
  const acceptedAtMs = RENDERED_AT_MS
  expect(when({ ...REMINDER, acceptedAtMs }, { expires_after_seconds: 60 })).toEqual(
    tooLate(RENDERED_AT_MS + 60_000),
  )
})

test('[PASS-21] a test is told at once', () => {
  expect(when({ ...REMINDER, isTest: true })).toEqual({ status: 'now', isSilent: false })
  expect(when({ ...REMINDER, isTest: true }, { quiet_hours: 'wait' })).toMatchObject({ status: 'now' })
})
