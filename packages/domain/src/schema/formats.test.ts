import { expect, test } from 'vitest'
import type { z } from 'zod'
import { email, id, locale, mediaType, phone, state, text, timeZone, url } from './formats.ts'
import { moneySchema } from './money.ts'

test.each([
  ['visible characters of any script', id, 'Bestellung-№7/ü_🎁', true],
  ['128 characters', id, 'x'.repeat(128), true],
  ['129 characters', id, 'x'.repeat(129), false],
  ['nothing', id, '', false],
  ['a blank', id, 'a b', false],
  ['an invisible character', id, 'a\u200bb', false],
  ['a newline at the end', id, 'a\n', false],
  ['a state of the shop’s own', state, 'In lavorazione', true],
  ['64 characters', state, 's'.repeat(64), true],
  ['65 characters', state, 's'.repeat(65), false],
  ['a blank at the end', state, 'shipped ', false],
  ['several lines', text, 'una\n\tdue', true],
  ['blanks only', text, ' \n', false],
  ['a plain address', url, 'https://shop.example/ordini?n=2026%2F1&a=ü', true],
  ['http with a port', url, 'http://shop.example:8080', true],
  ['2048 characters', url, `https://shop.example/${'a'.repeat(2027)}`, true],
  ['2049 characters', url, `https://shop.example/${'a'.repeat(2028)}`, false],
  ['another scheme', url, 'javascript:alert(1)', false],
  ['tg', url, 'tg://resolve?domain=x', false],
  ['a user name', url, 'https://shop.example@evil.example/', false],
  ['a user name and a password', url, 'https://a:b@shop.example/', false],
  ['an empty user name', url, 'https://@shop.example/', false],
  ['an at sign in the path', url, 'https://shop.example/@giulia', true],
  ['no host', url, 'https://', false],
  ['no host but a path', url, 'https:///path', false],
  ['backslashes', url, 'https:\\\\shop.example', false],
  ['a blank', url, 'https://shop.example/a b', false],
  ['a blank before', url, ' https://shop.example', false],
  ['no scheme', url, 'shop.example', false],
  ['an impossible port', url, 'https://shop.example:99999/', false],
  ['a language', locale, 'uk', true],
  ['a language with region', locale, 'it-IT', true],
  ['an underscore', locale, 'it_IT', false],
  ['a zone', timeZone, 'Europe/Kyiv', true],
  ['an old name of a zone', timeZone, 'Europe/Kiev', true],
  ['UTC', timeZone, 'UTC', true],
  ['an unknown zone', timeZone, 'Mars/Base', false],
  ['an offset', timeZone, '+01:00', false],
  ['E.164', phone, '+393471234567', true],
  ['a national number', phone, '055 123456', false],
  ['blanks', phone, '+39 055 123456', false],
  ['too many digits', phone, '+1234567890123456', false],
  ['an address', email, 'giulia.rossi+posta@example.it', true],
  ['two at signs', email, 'a@b@example.it', false],
  ['no dot', email, 'a@localhost', false],
  ['a media type', mediaType, 'application/vnd.ms-excel', true],
  ['an ending', mediaType, 'pdf', false],
])('%s: %o takes %j: %j', (_case, schema: z.ZodType, value, isValid) => {
  expect(schema.safeParse(value).success).toBe(isValid)
})

test.each(['0', '49.90', '49.9', '999999999999.9999', '0.0001'])('%s is an amount', (amount) => {
  expect(moneySchema.safeParse({ amount, currency: 'EUR' }).success).toBe(true)
})

test.each([
  '',
  '-1',
  '+1',
  '1,50',
  '1.',
  '.5',
  '01',
  '1e5',
  'NaN',
  'Infinity',
  ' 1',
  '1\n',
  '1000000000000',
  '1.00000',
])('%j is no amount', (amount) => {
  expect(moneySchema.safeParse({ amount, currency: 'EUR' }).success).toBe(false)
})

test.each(['eur', 'EURO', 'XXX', 'DEM', '', 'constructor'])('%j is no currency', (currency) => {
  expect(moneySchema.safeParse({ amount: '1', currency }).success).toBe(false)
})

test('locales are kept as BCP 47 writes them', () => {
  expect(locale.parse('pt-br')).toBe('pt-BR')
})
