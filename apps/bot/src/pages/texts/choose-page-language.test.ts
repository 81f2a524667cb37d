import { expect, test } from 'vitest'
import { choosePageLanguage, readAcceptLanguage } from './choose-page-language.ts'

test.each([
  ['it-IT,it;q=0.9,en;q=0.8', ['it-IT', 'it', 'en']],
  ['en;q=0.2, uk ; q = 0.7 ,it', ['it', 'uk', 'en']],
  ['de;q=0, en', ['en']],
  ['*, en;q=0.5', ['en']],
  ['', []],
  [undefined, []],
  ['<script>;q=1, q=2', []],
])('%j wants %j', (header, locales) => {
  expect(readAcceptLanguage(header)).toEqual(locales)
})

test('[WEB-13] the first wish that the shop’s page speaks is met, whatever the country', () => {
  expect(choosePageLanguage(['it', 'en', 'uk'], [undefined, 'uk-UA', 'en'])).toBe('uk')
  expect(choosePageLanguage(['it', 'en'], ['uk', 'en-GB'])).toBe('en')
  expect(choosePageLanguage(['it'], ['de', null])).toBe('it')
  expect(choosePageLanguage(['en', 'it'], ['not a locale'])).toBe('en')
})
