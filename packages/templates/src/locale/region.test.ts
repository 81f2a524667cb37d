import { expect, test } from 'vitest'
import { createRegions } from './region.ts'

const regionOf = createRegions()

test.each([
  ['it-IT', 'it-IT', 'it'],
  ['it_IT', 'it-IT', 'it'],
  ['uk', 'uk', 'uk'],
  ['en-u-nu-arab-ca-buddhist', 'en', 'en'],
  ['it-x-secret', 'it', 'it'],
])('the locale %s counts as %s', (name, locale, language) => {
  expect(regionOf(name, 'Europe/Rome')).toMatchObject({ locale, language })
})

test.each(['', 'x', 'italiano!', 'tlh', '<b>', '__proto__', 'it-'.repeat(5000)])(
  'the unknown locale %s counts as English',
  (name) => {
    expect(regionOf(name, 'Europe/Rome').locale).toBe('en')
  },
)

test.each(['', 'Mars/Olympus', '__proto__', '../etc/passwd', 'Europe/Rome'.repeat(100)])(
  'the unknown time zone %s counts as UTC',
  (name) => {
    expect(regionOf('it', name).timeZone).toBe('UTC')
  },
)

test('a region is made once', () => {
  expect(regionOf('it', 'Europe/Rome')).toBe(regionOf('it', 'Europe/Rome'))
})
