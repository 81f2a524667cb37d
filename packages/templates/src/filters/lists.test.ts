import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

const ITEMS = [{ name: 'Piatto' }, { name: 'Tazza' }, { name: 'Vaso' }]

test('length counts entries, and visible characters of a text', () => {
  expect(applyFilter('length', ITEMS, [])).toBe(3)
  expect(applyFilter('length', [], [])).toBe(0)
  expect(applyFilter('length', 'e\u0301👨‍👩‍👧a', [])).toBe(3)
})

test('first and last give an entry, or a visible character of a text', () => {
  expect(applyFilter('first', ITEMS, [])).toEqual({ name: 'Piatto' })
  expect(applyFilter('last', ITEMS, [])).toEqual({ name: 'Vaso' })
  expect(applyFilter('first', [], [])).toBeUndefined()
  expect(applyFilter('last', [], [])).toBeUndefined()
  expect(applyFilter('first', '', [])).toBeUndefined()
  expect(applyFilter('last', '', [])).toBeUndefined()
  expect(applyFilter('first', '👨‍👩‍👧abc', [])).toBe('👨‍👩‍👧')
  expect(applyFilter('last', 'abc😀', [])).toBe('😀')
})

test('join puts a separator between entries, or between one field of each', () => {
  expect(applyFilter('join', ['a', 2, true], [])).toBe('a, 2, true')
  expect(applyFilter('join', ITEMS, [' · ', 'name'])).toBe('Piatto · Tazza · Vaso')
  expect(applyFilter('join', [], [])).toBe('')
})

test('list counts up as each language does', () => {
  expect(applyFilter('list', ITEMS, ['name'], { locale: 'it' })).toBe('Piatto, Tazza e Vaso')
  expect(applyFilter('list', ['a', 'b', 'c'], [], { locale: 'en-GB' })).toBe('a, b and c')
  expect(applyFilter('list', ['a', 'b', 'c'], [], { locale: 'uk' })).toBe('a, b і c')
})

test('a long list is cut after a hundred entries', () => {
  const many = Array.from({ length: 5000 }, (_none, index) => index)
  expect(applyFilter('join', many, ['-'])).toMatch(/^0-1-.*-99-…$/)
})

test('what is no list, and entries that cannot be printed, are refused', () => {
  expect(() => applyFilter('join', 'abc', [])).toThrow('takes a list')
  expect(() => applyFilter('list', { length: 1e9 }, [])).toThrow('takes a list')
  expect(() => applyFilter('join', [{ a: 1 }], [])).toThrow('takes a text')
  expect(() => applyFilter('join', ['a'], ['x'.repeat(51)])).toThrow('at most 50')
  expect(() => applyFilter('join', ['a'], [1])).toThrow('separator in quotes')
})

test('only own fields of entries are read', () => {
  expect(() => applyFilter('list', ITEMS, ['constructor'])).toThrow('no field constructor')
  expect(() => applyFilter('list', [[1]], ['map'])).toThrow('no field map')
  expect(() => applyFilter('list', ['text'], ['length'])).toThrow('no field length')
})
