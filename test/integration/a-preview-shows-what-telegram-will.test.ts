import { acceptEvents } from '@postino/database'
import { EXAMPLES, parseEvent } from '@postino/domain'
import { newEvent } from '@postino/ingest/accept/new-event.ts'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { openTestDatabase } from './database-under-test.ts'
import { createKey } from './ingest-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

const SHIPPED = { kind: 'order.status_changed', state: 'shipped', locale: 'it' }
const CONTENT = { text: 'Ordine {{ order.number }}: {{ order.status | order_status }}' }

const preview = (shop: Pick<ConsoleShop, 'headers'>, body: unknown) =>
  ask(shop, { method: 'POST', url: '/v1/templates:preview', body })

async function save(shop: ConsoleShop, name: object, text: string): Promise<string> {
  const { body } = await ask(shop, {
    method: 'POST',
    url: '/v1/templates',
    body: { ...name, content: { text } },
  })
  return (body as { id: string }).id
}

/** As the shop reports it to ingest. */
async function report(shopId: string, change: { id: string; status?: string }) {
  const example = EXAMPLES['order.status_changed']
  const data = {
    ...example.data,
    order: { ...Object(example.data['order']), number: change.id, status: change.status ?? 'shipped' },
  }
  const parsed = parseEvent({ ...example, id: change.id, data }, { nowMs: Date.parse(example.time) })
  if (parsed.status === 'invalid') throw new Error('it is valid')
  await acceptEvents(db, [newEvent({ shopId, receivedOver: 'http', event: parsed.event })])
}

const textsOf = ({ body }: { body: unknown }) =>
  (body as { items: { locale: string; text: string }[] }).items.map(
    ({ locale, text }) => `${locale}: ${text}`,
  )

test('[PASS-21] what is being written is shown with the example of its kind, in its state', async () => {
  const shop = await createConsoleShop(db)
  const shown = await preview(shop, { ...SHIPPED, state: 'paid', content: CONTENT })
  expect(shown).toMatchObject({
    status: 200,
    body: {
      event_id: 'example-order.status_changed',
      items: [{ status: 'shown', locale: 'it', limit: 4096, findings: [] }],
    },
  })
  expect(textsOf(shown)[0]).toMatch(/^it: Ordine 2025\/1143: pagato/i)
  expect((await ask(shop, { url: '/v1/templates' })).body).toEqual({ items: [] })
})

test('[U18] what is kept is shown in every language the shop has of it, or in one, or in one version', async () => {
  const shop = await createConsoleShop(db)
  const id = await save(shop, SHIPPED, 'uno')
  await save(shop, { ...SHIPPED, locale: 'en' }, 'one')
  await save(shop, { ...SHIPPED, state: 'paid' }, 'pagato')
  expect(textsOf(await preview(shop, { template_id: id }))).toEqual(['it: uno', 'en: one'])
  expect(textsOf(await preview(shop, { template_id: id, locale: 'en' }))).toEqual(['en: one'])
  const url = `/v1/templates/${id}`
  await ask(shop, { method: 'POST', url: `${url}/publish`, body: {} })
  await ask(shop, { method: 'PUT', url: `${url}/draft`, body: { content: { text: 'due' } } })
  expect(textsOf(await preview(shop, { template_id: id, locale: 'it' }))).toEqual(['it: due'])
  expect(textsOf(await preview(shop, { template_id: id, version: 1 }))).toEqual(['it: uno'])
  for (const [more, errors] of [
    [{ version: 7 }, ['/version unknown']],
    [{ locale: 'de' }, ['/locale unknown']],
    [{ template_id: '9000000' }, ['/template_id unknown']],
  ] as const) {
    const answer = await preview(shop, { template_id: id, ...more })
    expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
  }
  expect((await preview(await createConsoleShop(db), { template_id: id })).status).toBe(422)
})

test('[PASS-21] the shop’s last event of the kind and state is shown to keys that may see events', async () => {
  const shop = await createConsoleShop(db)
  const body = { ...SHIPPED, content: CONTENT, event: 'last' }
  expect(await preview(shop, body)).toMatchObject({ status: 409 })
  await report(shop.shopId, { id: 'A-1' })
  await report(shop.shopId, { id: 'A-2', status: 'paid' })
  await report((await createConsoleShop(db)).shopId, { id: 'B-1' })
  expect(textsOf(await preview(shop, body))[0]).toContain('A-1')
  expect(textsOf(await preview(shop, { ...body, state: '' }))[0]).toContain('A-2')
  const blind = await createKey(db, shop.shopId, ['templates:read', 'templates:write'])
  expect((await preview(blind, body)).status).toBe(403)
  expect((await preview(blind, { ...body, event: 'example' })).status).toBe(200)
})

test('any event may be given, and is held against what events are', async () => {
  const shop = await createConsoleShop(db)
  const { data, type } = EXAMPLES['order.status_changed']
  const event = { type, id: 'mine', data: { ...data, order: { ...Object(data['order']), number: 'Z9' } } }
  expect(textsOf(await preview(shop, { ...SHIPPED, content: CONTENT, event }))[0]).toContain('Z9')
  for (const [given, errors] of [
    [EXAMPLES['cart.abandoned'], ['/event/type other_kind']],
    [{ ...event, data: { ...data, order: undefined } }, ['/event/data/order required']],
    [{ ...event, type: 'x' }, ['/event/type unknown_kind']],
  ] as const) {
    const answer = await preview(shop, { ...SHIPPED, content: CONTENT, event: given })
    expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
  }
  expect((await preview(shop, { ...SHIPPED, content: CONTENT, event: 'first' })).status).toBe(422)
})

test('[U18] what would not be sent says why, with what the checker says', async () => {
  const shop = await createConsoleShop(db)
  const { body } = await preview(shop, { ...SHIPPED, content: { text: '{{ order.totale | money }}' } })
  expect(body).toMatchObject({
    items: [
      {
        status: 'failed',
        reason: 'template_failed',
        findings: [
          { severity: 'error', at: 'text', line: 1, message: expect.stringContaining('order.total') },
        ],
      },
    ],
  })
})
