import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

test.each([undefined, null, '', '  \n'])('default stands in for %j', (value) => {
  expect(applyFilter('default', value, ['cliente'])).toBe('cliente')
})

test.each(['Anna', 0, false])('default leaves %j', (value) => {
  expect(applyFilter('default', value, ['x'])).toBe(value)
})

test.each([
  ['+393471234567', '+39 347 123 4567'],
  ['+390546123456', '+39 0546123456'],
  ['+380671234567', '+380 67 123 45 67'],
  ['+447700900123', '+44 770 090 0123'],
  ['+33612345678', '+33 6 12 34 56 78'],
  ['+4915123456789', '+49 151 234 567 89'],
  ['+34612345678', '+34 612 345 678'],
  ['+48512345678', '+48 512 345 678'],
  ['+12025550123', '+1 202 555 0123'],
  ['aiuto@bottega.example', 'aiuto@bottega.example'],
  ['0546 123456', '0546 123456'],
  ['+39', '+39'],
])('the phone number %s reads %s', (number, text) => {
  expect(applyFilter('phone', number, [])).toBe(text)
})

test.each([
  [0, '0 byte', '0 байтів'],
  [999, '999 byte', '999 байтів'],
  [1000, '1 kB', '1 кБ'],
  [482_133, '482,1 kB', '482,1 кБ'],
  [999_949, '999,9 kB', '999,9 кБ'],
  [999_950, '1 MB', '1 МБ'],
  [1_250_000, '1,3 MB', '1,3 МБ'],
  [5_000_000_000, '5 GB', '5 ГБ'],
])('%i bytes are %s', (bytes, italian, ukrainian) => {
  expect(applyFilter('file_size', bytes, [], { locale: 'it' })).toBe(italian)
  expect(applyFilter('file_size', bytes, [], { locale: 'uk' })).toBe(ukrainian)
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '12', {}])('%j is no size', (value) => {
  expect(() => applyFilter('file_size', value, [])).toThrow('number of bytes')
})

test('a number is written as the language writes it', () => {
  expect(applyFilter('number', 1.5, [], { locale: 'it' })).toBe('1,5')
  expect(applyFilter('number', 12_345, [], { locale: 'en' })).toBe('12,345')
  expect(() => applyFilter('number', '1', [])).toThrow('takes a number')
})
