import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalLocale, localeChain } from './locale.ts'

test.each([
  [
    ['it-IT', 'en'],
    ['it-IT', 'it', 'en'],
  ],
  [
    ['it-it', undefined, 'it', 'en-GB', 'en'],
    ['it-IT', 'it', 'en-GB', 'en'],
  ],
  [['zh-hant-tw'], ['zh-Hant-TW', 'zh-Hant', 'zh']],
  [['en-u-hc-h12'], ['en-u-hc-h12', 'en-u-hc', 'en']],
  [['it_IT', '', 'x', 'not a locale', 'uk'], ['uk']],
  [[], []],
])('%j is tried as %j', (preferred, chain) => {
  expect(localeChain(preferred)).toEqual(chain)
})

test('whatever is preferred, the chain holds valid locales only, each once', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string(), { nil: undefined })), (preferred) => {
      const chain = localeChain(preferred)
      expect(new Set(chain).size).toBe(chain.length)
      for (const locale of chain) expect(canonicalLocale(locale)).toBe(locale)
    }),
  )
})
