import { ORDER_STATUSES } from '@postino/domain'
import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

const labelsIn = (locale: string) =>
  ORDER_STATUSES.map((status) => applyFilter('order_status', status, [], { locale }))

test.each(['it', 'en', 'uk', 'de', 'fr', 'es', 'pl'])(
  'every order state has a name of its own in %s',
  (locale) => {
    const labels = labelsIn(locale)
    expect(new Set(labels).size).toBe(ORDER_STATUSES.length)
    expect(labels.join()).not.toContain('_')
    if (locale !== 'en') expect(labels.filter((label) => labelsIn('en').includes(label))).toEqual([])
  },
)

test.each([
  ['it-CH', 'pronto per il ritiro'],
  ['en-GB', 'ready for pickup'],
  ['uk-UA', 'можна забрати'],
  ['de-AT', 'abholbereit'],
  ['fr-BE', 'prête à être retirée'],
  ['es-MX', 'listo para recoger'],
  ['pl-PL', 'gotowe do odbioru'],
  ['nl', 'ready for pickup'],
])('a reader of %s sees %s', (locale, label) => {
  expect(applyFilter('order_status', 'ready_for_pickup', [], { locale })).toBe(label)
})

test.each(['SOSPESO', 'In lavorazione', 'constructor', '__proto__'])(
  'a state of the shop’s own, %s, stays',
  (state) => {
    expect(applyFilter('order_status', state, [])).toBe(state)
  },
)
