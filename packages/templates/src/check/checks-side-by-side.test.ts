import type { TemplateContent } from '@postino/domain'
import { expect, test } from 'vitest'
import { starterTemplates } from '../starters/starter-templates.ts'
import type { ShopFacts } from './across/shop-texts.ts'
import { checkTemplates } from './check-templates.ts'

const SHOP = { locale: 'it-IT', managedStates: ['paid', 'shipped'] }

function order(state: string, locale: string, change: Partial<TemplateContent> = {}) {
  const content = { text: 'x', buttons: [], silent: false, ...change }
  return { kind: 'order.status_changed', state, locale, content }
}

/** What is said side by side, a line a finding: the state and the language it is about, and what. */
function say(templates: Parameters<typeof checkTemplates>[0], shop: ShopFacts = SHOP): string[] {
  return checkTemplates(templates, shop).flatMap(({ state, locale, findings }) =>
    findings.map(({ code, message }) => `${state} ${locale} ${code}: ${message}`),
  )
}

test('a language other states have is missed', () => {
  expect(
    say([order('', 'it'), order('', 'en'), order('paid', 'it'), order('', 'de'), order('paid', 'de')]),
  ).toEqual([
    'paid en missing_locale: There is no text in English for the state “paid”: whoever reads that language gets the one in Italian or German.',
  ])
})

test('a text in Italian does for Italians of Italy, and the other way round', () => {
  expect(say([order('', 'it-IT'), order('paid', 'it')])).toEqual([])
})

test('a text for all other states is missed when one of those the shop tells about has none', () => {
  expect(say([order('paid', 'it')])).toEqual([
    ' it-IT missing_state: “shipped” has no text, so nobody is told. Write one for states without a text of their own.',
  ])
  expect(say([order('paid', 'it'), order('shipped', 'it')])).toEqual([])
  expect(say([order('paid', 'it'), order('', 'it')])).toEqual([])
  expect(say([order('paid', 'it')], { ...SHOP, managedStates: null })).toEqual([
    ' it-IT missing_state: Other states have no text, so nobody is told. Write one for states without a text of their own.',
  ])
})

test('a kind without a text in the shop’s own language is missed', () => {
  expect(say([order('', 'en')])).toEqual([
    ' it-IT no_shop_locale: There is no text in Italian (Italy), your shop’s own language.',
  ])
})

test('fields one language shows and the other does not are told, but how people are called is left to each', () => {
  const note = '{% if note %}{{ note }}{% endif %}'
  expect(
    say([
      order('', 'it', { text: `x {{ order.number }} ${note}` }),
      order('', 'en', { text: `x {{ order.total | money }} ${note}{{ contact.name.first | default("") }}` }),
    ]),
  ).toEqual([
    ' en fields_differ: The text in Italian shows `order.number`, and this one does not. This text shows `order.total`, and the one in Italian does not.',
  ])
})

test('buttons that lead elsewhere are told', () => {
  const open = [[{ text: 'Apri', url: '{{ order.url | default("") }}' }]]
  const pay = [[{ text: 'Pay', url: '{{ payment.url | default("") }}' }]]
  expect(say([order('', 'it', { buttons: open }), order('', 'en')])).toEqual([
    ' en buttons_differ: This text has 0 buttons, and the one in Italian 1 button.',
  ])
  expect(say([order('', 'it', { buttons: open }), order('', 'en', { buttons: pay })])).toEqual([
    ' en buttons_differ: The buttons lead elsewhere than those of the text in Italian.',
  ])
})

test('what is wrong with a template by itself is told with the rest', () => {
  const templates = [order('', 'it'), order('', 'en', { text: '{{ order.totale }}' })]
  expect(say(templates)).toEqual([expect.stringMatching(/^ en unknown_field: /)])
})

test('texts for kinds nobody knows are told, and nothing is compared with them', () => {
  expect(say([{ ...order('', 'en'), kind: 'order.sold' }])).toEqual([
    ' en unknown_kind: There are no events of this kind.',
  ])
})

test('of the starters nothing is said, alone or side by side', () => {
  expect(checkTemplates(starterTemplates, { locale: 'it-IT', managedStates: null })).toEqual([])
})
