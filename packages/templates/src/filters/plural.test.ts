import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

test.each([
  [0, 'articoli'],
  [1, 'articolo'],
  [2, 'articoli'],
  [21, 'articoli'],
  [1_000_000, 'articoli'],
  ['1', 'articolo'],
])('%j in Italian: %s', (count, form) => {
  expect(applyFilter('plural', count, ['articolo', 'articoli'], { locale: 'it' })).toBe(form)
})

test.each([
  [0, 'товарів'],
  [1, 'товар'],
  [2, 'товари'],
  [4, 'товари'],
  [5, 'товарів'],
  [11, 'товарів'],
  [12, 'товарів'],
  [21, 'товар'],
  [22, 'товари'],
  [111, 'товарів'],
  [1.5, 'товару'],
])('%j in Ukrainian: %s', (count, form) => {
  expect(applyFilter('plural', count, ['товар', 'товари', 'товарів', 'товару'], { locale: 'uk' })).toBe(form)
})

test('three Ukrainian forms do for whole numbers', () => {
  const forms = ['день', 'дні', 'днів']
  expect([1, 3, 7].map((days) => applyFilter('plural', days, forms, { locale: 'uk-UA' }))).toEqual(forms)
})

test('English has two forms', () => {
  expect([1, 2, 0].map((count) => applyFilter('plural', count, ['item', 'items'], { locale: 'en' }))).toEqual(
    ['item', 'items', 'items'],
  )
})

test('what cannot be counted is refused', () => {
  expect(() => applyFilter('plural', ['a'], ['item', 'items'])).toThrow('"| length"')
  expect(() => applyFilter('plural', 'many', ['item', 'items'])).toThrow('takes a number')
  expect(() => applyFilter('plural', 1, [1, 2])).toThrow('in quotes')
})
