import { EVENT_KINDS, templateContentSchema } from '@postino/domain'
import { expect, test } from 'vitest'
import { fullData, renderBare, renderStarter, visibleText, withChange } from './render-for-tests.ts'
import { starterTemplates } from './starter-templates.ts'

const LOCALES = ['it', 'en', 'uk', 'de', 'fr', 'es', 'pl'] as const
const ORDER_STATES = [
  '',
  'pending_payment',
  'paid',
  'processing',
  'shipped',
  'out_for_delivery',
  'ready_for_pickup',
  'delivery_failed',
  'delivered',
  'cancelled',
  'refunded',
  'partially_refunded',
  'returned',
]

const isOrder = ({ kind }: { kind: string }) => kind === 'order.status_changed'

test('[PASS-5] every event kind has a text in every language, and the usual order states their own', () => {
  const expected = LOCALES.flatMap((locale) => [
    ...ORDER_STATES.map((state) => `${locale} order.status_changed ${state}`),
    ...EVENT_KINDS.filter((kind) => kind !== 'order.status_changed').map((kind) => `${locale} ${kind} `),
  ])
  const found = starterTemplates.map(({ kind, state, locale }) => `${locale} ${kind} ${state}`)
  expect(found.toSorted()).toEqual(expected.toSorted())
})

test('every starter is a template as the database keeps them', () => {
  for (const { content } of starterTemplates) expect(templateContentSchema.parse(content)).toEqual(content)
})

test.each(starterTemplates)('$locale $kind $state tells the example, with its button', (template) => {
  const content = renderStarter(template, fullData(template))
  expect(visibleText(content.html)).not.toBe('')
  expect(content.buttons.flat().length).toBeGreaterThan(0)
  expect(content.html).not.toMatch(/ {2}|\n\n\n|undefined|\bnull\b|\{\{|%\}| [,.!?]/)
})

test.each(starterTemplates)('$locale $kind $state needs none of the optional fields', (template) => {
  const { html } = renderBare(template)
  expect(visibleText(html)).not.toBe('')
  expect(html).not.toMatch(/\s{2}(?<!\n\n)|\n\n\n| [,.!?]|:\s*$|:\s*\n/)
})

test.each(starterTemplates)(
  '[PLAN-3] $locale $kind $state: what a locked phone shows tells what happened, and no amount or address',
  (template) => {
    for (const { html } of [renderStarter(template, fullData(template)), renderBare(template)]) {
      const [firstLine = ''] = visibleText(html).split('\n')
      expect(firstLine.length).toBeLessThan(85)
      expect(firstLine).not.toMatch(/136|58[.,]00|€|£|Via Roma|Faenza/)
      if (isOrder(template)) expect(firstLine).toContain('2025/1143')
    }
  },
)

test('an unknown order state is shown as the shop calls it', () => {
  for (const template of starterTemplates.filter((each) => isOrder(each) && each.state === '')) {
    const data = withChange(fullData(template), ['order', 'status'], 'SOSPESO')
    expect(renderStarter(template, data).html).toContain('SOSPESO')
  }
})

test('only an order that waits for payment offers to pay', () => {
  for (const template of starterTemplates.filter(isOrder)) {
    const buttons = renderStarter(template, fullData(template)).buttons.flat()
    const paying = buttons.some((button) => 'url' in button && button.url === 'https://pay.example/1')
    expect(paying).toBe(template.state === 'pending_payment')
  }
})
