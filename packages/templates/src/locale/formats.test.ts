import { expect, test } from 'vitest'
import { applyFilter } from '../filters/apply-for-tests.ts'

/** Saturday, 21 November 2026. */
const now = '2026-11-21T09:00:00Z'
const LOCALES = ['it', 'en-GB', 'uk', 'de', 'fr', 'es', 'pl']

/** What a filter gives readers of each language. */
function inEach(filter: string, value: unknown, filterArguments: string[] = []): unknown[] {
  return LOCALES.map((locale) =>
    applyFilter(filter, value, filterArguments, { locale, timeZone: 'Europe/Rome', now }),
  )
}

test.each([
  ['2026-11-20', ['ieri', 'yesterday', 'учора', 'gestern', 'hier', 'ayer', 'wczoraj']],
  ['2026-11-21', ['oggi', 'today', 'сьогодні', 'heute', 'aujourd’hui', 'hoy', 'dzisiaj']],
  ['2026-11-22', ['domani', 'tomorrow', 'завтра', 'morgen', 'demain', 'mañana', 'jutro']],
  ['2026-11-25', ['mercoledì', 'Wednesday', 'середа', 'Mittwoch', 'mercredi', 'miércoles', 'środa']],
  [
    '2026-12-01',
    ['1 dicembre', '1 December', '1 грудня', '1. Dezember', '1er décembre', '1 de diciembre', '1 grudnia'],
  ],
  [
    '2027-03-15',
    [
      '15 marzo 2027',
      '15 March 2027',
      '15 березня 2027 р.',
      '15. März 2027',
      '15 mars 2027',
      '15 de marzo de 2027',
      '15 marca 2027',
    ],
  ],
])('the day %s in each language', (day, texts) => {
  expect(inEach('relative_day', `${day}T12:00:00+01:00`)).toEqual(texts)
})

test('dates and times', () => {
  const first = '2026-12-01T18:05:00+01:00'
  expect(inEach('time', first)).toEqual(Array(7).fill('18:05'))
  expect(inEach('date', first)).toEqual([
    '1 dicembre 2026',
    '1 December 2026',
    '1 грудня 2026 р.',
    '1. Dezember 2026',
    '1er décembre 2026',
    '1 de diciembre de 2026',
    '1 grudnia 2026',
  ])
  expect(inEach('date', first, ['short'])).toEqual([
    '01/12/26',
    '01/12/2026',
    '01.12.26',
    '01.12.26',
    '01/12/2026',
    '1/12/26',
    '1.12.2026',
  ])
  expect(inEach('datetime', first)).toEqual([
    '1 dicembre 2026 alle ore 18:05',
    '1 December 2026 at 18:05',
    '1 грудня 2026 р. о 18:05',
    '1. Dezember 2026 um 18:05',
    '1er décembre 2026 à 18:05',
    '1 de diciembre de 2026 a las 18:05',
    '1 grudnia 2026 18:05',
  ])
})

test.each([
  ['EUR', ['1.234,50 €', '€1,234.50', '1 234,50 €', '1.234,50 €', '1 234,50 €', '1.234,50 €', '1 234,50 €']],
  [
    'PLN',
    [
      '1.234,50 PLN',
      'PLN 1,234.50',
      '1 234,50 PLN',
      '1.234,50 PLN',
      '1 234,50 PLN',
      '1.234,50 PLN',
      '1 234,50 zł',
    ],
  ],
  [
    'CHF',
    [
      '1.234,50 CHF',
      'CHF 1,234.50',
      '1 234,50 CHF',
      '1.234,50 CHF',
      '1 234,50 CHF',
      '1.234,50 CHF',
      '1 234,50 CHF',
    ],
  ],
])('money in %s', (currency, texts) => {
  expect(inEach('money', { amount: '1234.5', currency })).toEqual(texts)
})

test('the same language in another country writes money in that country’s way', () => {
  const money = (locale: string, currency = 'EUR') =>
    applyFilter('money', { amount: '1234.5', currency }, [], { locale })
  expect(['de-AT', 'fr-CA', 'es-MX'].map((locale) => money(locale))).toEqual([
    '€ 1.234,50',
    '1 234,50 €',
    '€1,234.50',
  ])
  expect(money('de-CH', 'CHF')).toBe("CHF 1'234.50")
})

test('lists', () => {
  expect(inEach('list', ['a', 'b', 'c'])).toEqual([
    'a, b e c',
    'a, b and c',
    'a, b і c',
    'a, b und c',
    'a, b et c',
    'a, b y c',
    'a, b i c',
  ])
})

test.each([
  [1, ['1 byte', '1 byte', '1 байт', '1 Byte', '1 octet', '1 byte', '1 bajt']],
  [5, ['5 byte', '5 bytes', '5 байтів', '5 Byte', '5 octets', '5 bytes', '5 bajtów']],
  [482_133, ['482,1 kB', '482.1 kB', '482,1 кБ', '482,1 kB', '482,1 ko', '482,1 kB', '482,1 kB']],
  [1_250_000, ['1,3 MB', '1.3 MB', '1,3 МБ', '1,3 MB', '1,3 Mo', '1,3 MB', '1,3 MB']],
])('%i bytes', (bytes, texts) => {
  expect(inEach('file_size', bytes)).toEqual(texts)
})

test('numbers', () => {
  expect(inEach('number', 1.5)).toEqual(['1,5', '1.5', '1,5', '1,5', '1,5', '1,5', '1,5'])
})

test('Polish counts with one, few, many, and a fourth form for fractions', () => {
  const forms = ['produkt', 'produkty', 'produktów', 'produktu']
  const counted = [1, 2, 5, 12, 21, 22, 1.5].map((count) =>
    applyFilter('plural', count, forms, { locale: 'pl' }),
  )
  expect(counted).toEqual([
    'produkt',
    'produkty',
    'produktów',
    'produktów',
    'produktów',
    'produkty',
    'produktu',
  ])
})

test('two forms do in German, French and Spanish, also where Intl knows a third for millions', () => {
  const plural = (locale: string, count: number) => applyFilter('plural', count, ['one', 'more'], { locale })
  expect(['de', 'fr', 'es'].map((locale) => plural(locale, 2))).toEqual(['more', 'more', 'more'])
  expect(['de', 'fr', 'es'].map((locale) => plural(locale, 1_000_000))).toEqual(['more', 'more', 'more'])
  expect(['de', 'fr', 'es'].map((locale) => plural(locale, 0))).toEqual(['more', 'one', 'more'])
})
