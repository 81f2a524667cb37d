import { EXAMPLES, parseEvent, templateContentSchema, type EventKind, type ShopEvent } from '@postino/domain'
import { createRenderer } from '@postino/templates'
import { expect, test } from 'vitest'
import { previewMessage, type Preview } from './preview.ts'

const NOW_MS = Date.parse('2025-11-20T16:00:00Z')
const SHOP = { name: 'Bottega', supportContact: null, timeZone: 'Europe/Rome' }
const render = createRenderer()

function exampleOf(kind: EventKind): ShopEvent {
  const parsed = parseEvent(EXAMPLES[kind], { nowMs: NOW_MS })
  if (parsed.status === 'invalid') throw new Error('examples are valid')
  return parsed.event
}

function preview(content: object, change: Partial<Parameters<typeof previewMessage>[2]> = {}): Preview {
  const event = exampleOf('order.status_changed')
  const context = { event, locale: 'it', shop: SHOP, nowMs: NOW_MS, ...change }
  return previewMessage(render, templateContentSchema.parse(content), context)
}

test('[PASS-21] a preview shows what Telegram will, for the event’s own person', () => {
  const text =
    '<b>Ciao {{ contact.name.first }}</b>,\nordine {{ order.number }} di {{ shop.name }} &amp; altri'
  const action = { text: 'Ritiro', action: 'confirm_pickup' }
  expect(preview({ text, buttons: [[action]], silent: true })).toEqual({
    status: 'shown',
    html: '<b>Ciao Giulia</b>,\nordine 2025/1143 di Bottega &amp; altri',
    text: 'Ciao Giulia,\nordine 2025/1143 di Bottega & altri',
    pushLine: 'Ciao Giulia,',
    lengthChars: 48,
    limitChars: 4096,
    cut: '',
    shownAs: 'text',
    buttons: [[action]],
    files: [],
    isSilent: true,
    isProtected: false,
  })
})

test('[PLAN-3] of a text that is nobody else’s business the push shows one line', () => {
  const shown = preview({ text: 'Ordine {{ order.number }}', preview: 'Una novità da {{ shop.name }}' })
  expect(shown).toMatchObject({
    pushLine: 'Una novità da Bottega',
    cut: '',
    html: expect.stringContaining('<tg-spoiler>'),
  })
})

test('[U18] what there is no room for is told', () => {
  const items = Array.from({ length: 200 }, (_, index) => ({
    name: `Piatto numero ${index} decorato a mano`,
    qty: 1,
  }))
  const event = exampleOf('order.status_changed')
  const long = {
    ...event,
    data: { ...event.data, order: { ...Object(event.data)['order'], items } },
  } as ShopEvent
  const text = '{% for item in order.items %}{{ item.name }}\n{% endfor %}'
  for (const content of [{ text }, { text, preview: 'Il tuo ordine' }]) {
    const shown = preview(content, { event: long })
    expect(shown).toMatchObject({
      cut: expect.stringMatching(/199 decorato a mano$/),
      text: expect.stringContaining('numero 0'),
    })
    if (shown.status === 'shown') expect(shown.lengthChars).toBeLessThanOrEqual(4_096)
  }
})

test('each file says how it goes, and why when it is a link', () => {
  const file = (name: string) => ({ url: `https://shop.example/${name}`, name })
  const shown = preview({ text: 'x', media: [file('a.jpg'), file('b.jpg'), file('c.exe')] })
  expect(shown).toMatchObject({
    shownAs: 'album',
    limitChars: 1_024,
    files: [
      { as: 'photo', name: 'a.jpg' },
      { as: 'photo', name: 'b.jpg' },
      { as: 'link', name: 'c.exe', url: 'https://shop.example/c.exe', cause: 'type' },
    ],
  })
  const long = preview({
    text: 'x '.repeat(900),
    media: [file('a.jpg'), { type: 'photo', url: 'https://shop.example/b.jpg' }],
  })
  expect(long).toMatchObject({
    shownAs: 'text',
    limitChars: 4_096,
    files: [
      { as: 'link', cause: 'text' },
      { as: 'link', cause: 'text' },
    ],
  })
  expect(preview({ text: 'x', media: [{ type: 'photo', file_id: 'AgAC' }] })).toMatchObject({
    shownAs: 'photo',
    files: [{ as: 'photo', fileId: 'AgAC' }],
  })
})

test('what cannot be rendered says why', () => {
  expect(preview({ text: '{{ delivery.address }}' })).toMatchObject({
    status: 'failed',
    reason: 'template_failed',
  })
})

test('times are told on the clock of whoever reads them', () => {
  const text = '{{ order.placed_at | time }}'
  const event = exampleOf('order.status_changed')
  const nobody = { ...event, data: { ...event.data, customer: { external_id: 'x' } } } as ShopEvent
  expect(preview({ text }, { event: nobody, shop: { ...SHOP, timeZone: 'UTC' } })).toMatchObject({
    text: '17:42',
  })
  expect(preview({ text }, { shop: { ...SHOP, timeZone: 'UTC' } })).toMatchObject({ text: '18:42' })
})
