import { expect, test } from 'vitest'
import { fullData, LOCALES, renderStarter, visibleText, withChange } from './render-for-tests.ts'
import { starterTemplates } from './starter-templates.ts'

function cartOf(locale: string, things: number): string[] {
  const template = starterTemplates.find((each) => each.kind === 'cart.abandoned' && each.locale === locale)
  if (template === undefined) throw new Error(`no cart in ${locale}`)
  const items = Array.from({ length: things }, (_none, index) => ({ name: `Cup ${index + 1}`, qty: 1 }))
  const data = withChange(fullData(template), ['cart', 'items'], items)
  return visibleText(renderStarter(template, data).html).split('\n')
}

test.each([
  ['it', 4, '… in tutto 4 articoli'],
  ['it', 21, '… in tutto 21 articoli'],
  ['en', 5, '… 5 items in all'],
  ['uk', 4, '… усього 4 товари'],
  ['uk', 5, '… усього 5 товарів'],
  ['uk', 21, '… усього 21 товар'],
  ['de', 5, '… insgesamt 5 Artikel'],
  ['fr', 5, '… 5 articles en tout'],
  ['es', 5, '… 5 artículos en total'],
  ['pl', 4, '… łącznie 4 produkty'],
  ['pl', 5, '… łącznie 5 produktów'],
  ['pl', 21, '… łącznie 21 produktów'],
  ['pl', 22, '… łącznie 22 produkty'],
])('in %s a cart of %i things shows three and says how many there are', (locale, things, last) => {
  const lines = cartOf(locale, things)
  expect(lines.filter((each) => each.startsWith('•'))).toHaveLength(3)
  expect(lines).toContain(last)
})

test('a cart of three things shows them all and counts nothing', () => {
  for (const locale of LOCALES) {
    const text = cartOf(locale, 3).join('\n')
    expect(text).toContain('Cup 3')
    expect(text).not.toContain('…')
  }
})
