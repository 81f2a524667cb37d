import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

const money = (amount: unknown, currency: unknown, locale: string) =>
  applyFilter('money', { amount, currency }, [], { locale })

test.each([
  ['1234.50', 'EUR', 'it-IT', '1.234,50 €'],
  ['1234.50', 'EUR', 'it', '1.234,50 €'],
  ['1234.50', 'EUR', 'en-GB', '€1,234.50'],
  ['1234.50', 'EUR', 'uk-UA', '1 234,50 €'],
  ['1234.5', 'UAH', 'uk', '1 234,50 ₴'],
  ['49.9', 'USD', 'en', '$49.90'],
  ['49.9', 'CAD', 'en', 'CA$49.90'],
  ['500', 'JPY', 'en', '¥500'],
  ['-3.00', 'EUR', 'it', '-3,00 €'],
  ['0', 'EUR', 'it', '0,00 €'],
])('%s %s reads well in %s', (amount, currency, locale, text) => {
  expect(money(amount, currency, locale)).toBe(text)
})

test('an amount of more digits than a float keeps loses none', () => {
  expect(money('123456789012345.67', 'EUR', 'it')).toBe('123.456.789.012.345,67 €')
  expect(money('0.145', 'EUR', 'it')).toBe('0,15 €')
})

test.each([
  [49.9, 'EUR'],
  ['49,90', 'EUR'],
  ['1e3', 'EUR'],
  ['NaN', 'EUR'],
  ['', 'EUR'],
  ['1.00', 'eur'],
  ['1.00', ''],
  ['1.00', undefined],
])('%j %j is no money', (amount, currency) => {
  expect(() => money(amount, currency, 'it')).toThrow('amount with its currency')
})

test.each(['49.90', 49.9, [], {}, { amount: '1.00' }])('%j alone is no money', (value) => {
  expect(() => applyFilter('money', value, [])).toThrow('amount with its currency')
})
