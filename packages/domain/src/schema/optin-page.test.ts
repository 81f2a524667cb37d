import { expect, test } from 'vitest'
import { contrastRatio } from '../contrast-ratio.ts'
import { optinPageSchema } from './optin-page.ts'

test('black on white is the greatest contrast there is, a colour on itself the least', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrastRatio('#2481cc', '#2481cc')).toBe(1)
  // https://webaim.org/resources/contrastchecker/ gives 4.54 for it.
  expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

test('a shop that says nothing has a page', () => {
  expect(optinPageSchema.parse({})).toMatchObject({ locales: ['it', 'en', 'uk'], texts: {} })
})

test.each([
  [{ accent_color: '#ffee00' }, 'accent_color'],
  [{ accent_color: 'red' }, 'accent_color'],
  [{ background_color: '#333333' }, 'background_color'],
  [{ logo_url: 'http://shop.example/logo.png' }, 'logo_url'],
  [{ logo_url: 'javascript:alert(1)' }, 'logo_url'],
  [{ purposes: [] }, 'purposes'],
  [{ purposes: ['marketing', 'marketing'] }, 'purposes'],
  [{ locales: ['xx'] }, 'locales.0'],
  [{ group: 'V I P' }, 'group'],
  [{ bot: '@shop_bot' }, 'bot'],
  [{ texts: { it: { title: 'x'.repeat(81) } } }, 'texts.it.title'],
  [{ css: '' }, ''],
])('%j is refused at %s', (value, path) => {
  const paths = optinPageSchema.safeParse(value).error?.issues.map((issue) => issue.path.join('.'))
  expect(paths).toEqual([path])
})
