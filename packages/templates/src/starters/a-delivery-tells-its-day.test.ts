import { expect, test } from 'vitest'
import { fieldsOf, fullData, renderStarter, visibleText } from './render-for-tests.ts'
import { starterTemplates } from './starter-templates.ts'

/** What a text tells about the day of delivery; the day is Friday, 20 November 2026, 16:05 in Rome. */
function expectedIn(locale: string, eta: { eta_from?: string; eta_until?: string }): string | undefined {
  const template = starterTemplates.find(
    (each) => each.state === 'out_for_delivery' && each.locale === locale,
  )
  if (template === undefined) throw new Error(`no text in ${locale}`)
  const data = fullData(template)
  const { eta_from: _from, eta_until: _until, ...delivery } = fieldsOf(data['delivery'])
  const { html } = renderStarter(template, { ...data, delivery: { ...delivery, ...eta } })
  return visibleText(html)
    .split('\n')
    .find((line) => /pr[eé]v|expected|voraus|przewid|очік/i.test(line))
}

const AT_NINE = '2026-11-21T09:00:00+01:00'
const AT_ONE = '2026-11-21T13:00:00+01:00'

test('with its hours, in the words of each language', () => {
  const told = ['it', 'en', 'uk', 'de', 'fr', 'es', 'pl'].map((locale) =>
    expectedIn(locale, { eta_from: AT_NINE, eta_until: AT_ONE })?.replaceAll(/[\u00a0\u202f]/g, ' '),
  )
  expect(told).toEqual([
    'Arrivo previsto: domani, 09:00–13:00',
    'Expected: tomorrow, 9:00 AM–1:00 PM',
    'Очікувана доставка: завтра, 09:00–13:00',
    'Voraussichtliche Zustellung: morgen, 09:00–13:00 Uhr',
    'Livraison prévue : demain, 09:00–13:00',
    'Entrega prevista: mañana, 9:00–13:00',
    'Przewidywana dostawa: jutro, 09:00–13:00',
  ])
})

test.each([
  ['when it begins on another day', { eta_from: '2026-11-20T18:00:00+01:00', eta_until: AT_ONE }],
  ['when it begins and ends at once', { eta_from: AT_ONE, eta_until: AT_ONE }],
  ['when nobody knows when it begins', { eta_until: AT_ONE }],
])('without hours %s', (_when, eta) => {
  expect(expectedIn('it', eta)).toBe('Arrivo previsto: domani')
  expect(expectedIn('de', eta)).toBe('Voraussichtliche Zustellung: morgen')
})

test('not at all when nobody knows when it ends', () => {
  expect(expectedIn('it', { eta_from: AT_NINE })).toBeUndefined()
})
