import { expect, test } from 'vitest'
import { decide, EXAMPLE } from './decide-for-test.ts'
import type { MessageOfShop } from './decide-message.ts'
import { messageToRender, publishedTemplate, RENDERED_AT_MS } from './message-to-render.ts'

const { contact, registration, shop } = EXAMPLE
const NIGHT = { ...shop, quietHours: { from: '13:00', until: '17:00' } }
const REMINDER: Partial<MessageOfShop> = {
  kind: 'cart.abandoned',
  state: '',
  purpose: 'cart_reminders',
  lane: 1,
  contact: { ...contact, grantedPurposes: ['cart_reminders'] },
}
const CART_TEXT = publishedTemplate({ kind: 'cart.abandoned' })

test('[U11] a message that waits for the end of quiet hours is not rendered yet, and loses its right as any other', () => {
  const { outcome, context } = decide({ ...REMINDER, shop: NIGHT }, [CART_TEXT])
  const dueAtMs = Date.parse('2026-11-18T16:00Z')
  expect(outcome).toEqual({ status: 'deferred', id: '10', contactId: '20', dueAtMs, replacesOlder: true })
  expect(context).toBeUndefined()
  const stopped = { ...registration, status: 'stopped' as const }
  expect(decide({ ...REMINDER, shop: NIGHT, registration: stopped }, [CART_TEXT]).outcome).toMatchObject({
    reason: 'registration_stopped',
  })
})

test('[U11] the quiet hours are those of the contact’s zone, else of the event’s, else of the shop’s', () => {
  const statusIn = (change: Partial<MessageOfShop>) =>
    decide({ ...REMINDER, shop: NIGHT, ...change }, [CART_TEXT]).outcome.status
  const away = {
    contact: { ...contact, grantedPurposes: ['cart_reminders' as const], timeZone: 'Asia/Tokyo' },
  }
  expect(statusIn(away)).toBe('queued')
  expect(statusIn({ shop: { ...NIGHT, timeZone: 'Asia/Tokyo' } })).toBe('deferred')
  const stranger = { recipient: 'somebody-else', shop: { ...NIGHT, timeZone: 'Asia/Tokyo' } }
  expect(statusIn(stranger)).toBe('queued')
})

test('[U4] newer news takes the place of older as its kind says, or its template; what comes too late takes none', () => {
  const of = (change: Partial<MessageOfShop>, collapse?: 'newest' | 'all') => {
    const { kind = 'order.status_changed' } = change
    const text = publishedTemplate({ kind, content: { ...publishedTemplate().content, collapse } })
    const { outcome } = decide(change, [text])
    return 'replacesOlder' in outcome ? outcome.replacesOlder : outcome
  }
  const note: Partial<MessageOfShop> = {
    kind: 'message.created',
    purpose: 'messages',
    state: '',
    contact: { ...contact, grantedPurposes: ['messages'] },
  }
  expect([of({}), of({}, 'all'), of(note), of(note, 'newest')]).toEqual([true, false, false, true])
  const late = { ...REMINDER, shop: NIGHT, deadlineAtMs: RENDERED_AT_MS + 1_000 }
  expect([of({ ...REMINDER, shop: NIGHT }), of(late)]).toEqual([true, false])
})

test('the deadline of a template goes with the message, counted from its acceptance', () => {
  const content = { ...publishedTemplate().content, expires_after_seconds: 600 }
  expect(decide({}, [publishedTemplate({ content })]).outcome).toMatchObject({
    deadlineAtMs: messageToRender().acceptedAtMs + 600_000,
  })
})

test('[U11] in quiet hours a message may be told without a sound', () => {
  const content = { ...publishedTemplate().content, quiet_hours: 'send_silently' as const }
  const { outcome } = decide({ shop: NIGHT }, [publishedTemplate({ content })])
  expect(outcome).toMatchObject({ status: 'queued', content: { silent: true } })
})

test('[PASS-21] a test has the words of its version, whatever is published, and asks for nothing but a tester', () => {
  const testedTemplate = publishedTemplate({ templateId: '41', version: 9, locale: 'de' })
  const test_: Partial<MessageOfShop> = {
    isTest: true,
    testedTemplate,
    shopMode: 'sandbox',
    shop: { ...NIGHT, managedOrderStates: [] },
    contact: { ...contact, grantedPurposes: [], withdrawnPurposes: ['order_updates'] },
    registration: { ...registration, isTester: true, isOverQuota: true },
  }
  expect(decide(test_).outcome).toMatchObject({
    status: 'queued',
    templateId: '41',
    templateVersion: 9,
    replacesOlder: false,
  })
  const reasonOf = (change: Partial<MessageOfShop>) => {
    const { outcome } = decide({ ...test_, ...change })
    return 'reason' in outcome ? outcome.reason : outcome.status
  }
  expect(reasonOf({ registration })).toBe('not_a_tester')
  expect(reasonOf({ registration: null })).toBe('not_registered')
  expect(reasonOf({ registration: { ...registration, isTester: true, status: 'blocked' } })).toBe(
    'registration_blocked',
  )
  expect(reasonOf({ testedTemplate: null })).toBe('no_template')
})

test('[PASS-5] each managed state has its own text, and no other state is told', () => {
  const texts = ['', 'shipped'].map((state) => publishedTemplate({ state, templateId: state || 'any' }))
  const managed = { ...shop, managedOrderStates: ['shipped', 'paid'] }
  const chosen = (state: string) => {
    const { outcome } = decide({ state, shop: managed }, texts)
    return outcome.status === 'queued' ? outcome.templateId : Object(outcome).reason
  }
  expect(['shipped', 'paid', 'refunded'].map(chosen)).toEqual(['shipped', 'any', 'state_not_managed'])
})
