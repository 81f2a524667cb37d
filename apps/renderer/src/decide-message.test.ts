import { findReason, type AttachmentPolicy } from '@postino/domain'
import { expect, test } from 'vitest'
import { CONTENT, decide, EXAMPLE, RENDERED } from './decide-for-test.ts'
import type { MessageOfShop } from './decide-message.ts'
import { messageToRender, publishedTemplate, RENDERED_AT_MS } from './message-to-render.ts'

const { contact, registration, shop } = EXAMPLE

test('who agreed is told, in the chat and with the text that were found', () => {
  expect(decide().outcome).toEqual({
    status: 'queued',
    id: '10',
    contactId: '20',
    registrationId: '30',
    botId: '2',
    chatId: '501',
    templateId: '40',
    templateVersion: 3,
    content: CONTENT,
    cost: 1,
    replacesOlder: true,
    linkCauses: [],
  })
})

test('what the template says of an unknown outcome is kept, and a file goes by the table of the shop', () => {
  const content = { ...publishedTemplate().content, on_unknown: 'hold' } as const
  const file = { type: 'auto', url: 'https://shop.example/a.dwg' } as const
  const rendered = { status: 'rendered' as const, content: { ...RENDERED, media: [file, file] } }
  const told = (policy: AttachmentPolicy) =>
    decide({}, [publishedTemplate({ content })], rendered, policy).outcome
  expect(told({ dwg: 5 })).toMatchObject({
    status: 'queued',
    cost: 2,
    onUnknown: 'hold',
    content: { media: [{ as: 'document' }, { as: 'document' }] },
  })
  expect(told({})).toMatchObject({ cost: 1, content: { html: expect.stringContaining('a.dwg</a>') } })
})

test('a form Telegram cannot show fails with its reason', () => {
  const media = [
    { type: 'photo', url: 'https://shop.example/a.jpg' },
    { type: 'audio', fileId: 'CQAC' },
  ] as const
  const content = { ...RENDERED, media: [...media] }
  expect(decide({}, [publishedTemplate()], { status: 'rendered', content }).outcome).toMatchObject({
    status: 'failed',
    id: '10',
    reason: 'template_failed',
  })
})

test('a text too long to stand under a file that is no link is cut, and goes', () => {
  const media = [{ type: 'photo', fileId: 'AgAC' } as const]
  const content = { ...RENDERED, html: 'x'.repeat(1_025), media }
  expect(decide({}, [publishedTemplate()], { status: 'rendered', content }).outcome).toMatchObject({
    status: 'queued',
    content: { html: `${'x'.repeat(1_023)}…` },
  })
})

const ENDS: [string, Partial<MessageOfShop>, string, string][] = [
  ['past its deadline', { deadlineAtMs: RENDERED_AT_MS }, 'expired', 'deadline_passed'],
  [
    'about a state the shop does not tell',
    { shop: { ...shop, managedOrderStates: ['paid'] } },
    'suppressed',
    'state_not_managed',
  ],
  ['for nobody in the book', { contact: null, registration: null }, 'suppressed', 'not_registered'],
  ['for somebody without a chat', { registration: null }, 'suppressed', 'not_registered'],
  [
    'after STOP',
    { registration: { ...registration, status: 'stopped' } },
    'suppressed',
    'registration_stopped',
  ],
  [
    'after the bot was blocked',
    { registration: { ...registration, status: 'blocked' } },
    'suppressed',
    'registration_blocked',
  ],
  [
    'after a withdrawal, whatever the contract says',
    {
      shop: { ...shop, contractPurposes: ['order_updates'] },
      contact: { ...contact, grantedPurposes: [], withdrawnPurposes: ['order_updates'] },
    },
    'suppressed',
    'consent_withdrawn',
  ],
  ['in the sandbox, for somebody who is no tester', { shopMode: 'sandbox' }, 'suppressed', 'sandbox'],
  [
    'while the shop has no room for the registration',
    { registration: { ...registration, isOverQuota: true } },
    'suppressed',
    'quota',
  ],
  ['without consent', { contact: { ...contact, grantedPurposes: [] } }, 'suppressed', 'no_consent'],
]

test.each(ENDS)('a message %s ends without being rendered', (_name, change, status, reason) => {
  const { outcome, context } = decide(change)
  expect(outcome).toEqual({ status, id: '10', reason })
  expect(context).toBeUndefined()
  expect(findReason(reason)?.status).toBe(status)
})

test('a shop without a text for the kind learns of it', () => {
  expect(decide({}, []).outcome).toEqual({ status: 'failed', id: '10', reason: 'no_template' })
})

test('a text that cannot be rendered says why', () => {
  const failure = { status: 'failed', reason: 'empty_text', detail: 'nothing is left' } as const
  expect(decide({}, [publishedTemplate()], failure).outcome).toEqual({ ...failure, id: '10' })
})

test('[WEB-3] in the sandbox a tester is told as everybody is outside of it', () => {
  const { outcome } = decide({
    shopMode: 'sandbox',
    registration: { ...registration, isTester: true },
  })
  expect(outcome.status).toBe('queued')
})

test('the contract with the customer may stand for consent', () => {
  const { outcome } = decide({
    shop: { ...shop, contractPurposes: ['order_updates'] },
    contact: { ...contact, grantedPurposes: [] },
  })
  expect(outcome.status).toBe('queued')
})

test('a shop that tells some states only is asked about orders alone', () => {
  const { outcome } = decide(
    {
      kind: 'cart.abandoned',
      state: '',
      purpose: 'cart_reminders',
      shop: { ...shop, managedOrderStates: ['paid'] },
      contact: { ...contact, grantedPurposes: ['cart_reminders'] },
    },
    [publishedTemplate({ kind: 'cart.abandoned' })],
  )
  expect(outcome.status).toBe('queued')
})

test('texts read the event, and the book before the event about the person', () => {
  const { context } = decide({ contact: { ...contact, firstName: null, lastName: 'Verdi', locale: 'it-CH' } })
  expect(context?.data).toMatchObject({
    order: { number: '2025/1143' },
    contact: { name: { first: 'Giulia', last: 'Verdi' }, locale: 'it-CH' },
    shop: { name: 'Bottega', support_contact: undefined },
  })
  expect(context?.nowMs).toBe(RENDERED_AT_MS)
})

test('the language is the contact’s, the event’s, Telegram’s, then the shop’s; the variety is the reader’s', () => {
  const all = ['it', 'en', 'de', 'uk'].map((locale) => publishedTemplate({ locale, templateId: locale }))
  const nobody = messageToRender().event
  const event = { ...nobody, data: { ...nobody.data, customer: { external_id: 'customer-2071' } } }
  const anonymous = { event: event as MessageOfShop['event'] }
  const chosen = (change: Partial<MessageOfShop>) => {
    const { outcome, context } = decide(change, all)
    return [outcome.status === 'queued' ? outcome.templateId : outcome.status, context?.locale]
  }
  expect(chosen({ contact: { ...contact, locale: 'uk-UA' } })).toEqual(['uk', 'uk-UA'])
  expect(chosen({})).toEqual(['it', 'it-IT'])
  expect(chosen(anonymous)).toEqual(['de', 'de'])
  expect(chosen({ ...anonymous, registration: { ...registration, languageCode: null } })).toEqual([
    'it',
    'it',
  ])
})

test('times are told in the contact’s zone, the event’s, then the shop’s', () => {
  expect(decide({ contact: { ...contact, timeZone: 'Europe/Kyiv' } }).context?.timeZone).toBe('Europe/Kyiv')
  expect(decide({ shop: { ...shop, timeZone: 'UTC' } }).context?.timeZone).toBe('Europe/Rome')
  expect(decide({ shop: { ...shop, timeZone: 'UTC' }, recipient: 'somebody-else' }).context?.timeZone).toBe(
    'UTC',
  )
})
