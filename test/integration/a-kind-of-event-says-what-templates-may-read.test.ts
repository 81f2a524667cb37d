import { EVENT_KINDS, KIND_RULES } from '@postino/domain'
import { expect, test } from 'vitest'
import { createConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

test('[PASS-21] every kind is listed with who is told and why', async () => {
  const shop = await createConsoleShop(db, ['templates:read'])
  const { body } = await ask(shop, { url: '/v1/event-kinds' })
  const { items } = body as { items: { kind: string; purpose: string; states?: object }[] }
  expect(items.map(({ kind }) => kind)).toEqual(EVENT_KINDS)
  for (const { kind, purpose } of items)
    expect(purpose).toBe(KIND_RULES[kind as keyof typeof KIND_RULES].purpose)
  expect(items[0]).toMatchObject({ states: { known: expect.arrayContaining(['shipped']), is_open: true } })
})

test.each(EVENT_KINDS)('[PASS-21] %s says each field in three languages, with an example', async (kind) => {
  const shop = await createConsoleShop(db)
  const { status, body } = await ask(shop, { url: `/v1/event-kinds/${kind}` })
  expect(status).toBe(200)
  const { fields, example } = body as {
    fields: { path: string; sentence: Record<string, string> }[]
    example: object
  }
  expect(example).toMatchObject({ type: kind })
  expect(fields.map(({ path }) => path)).toEqual(expect.arrayContaining(['contact.name.first', 'shop.name']))
  for (const { path, sentence } of fields) {
    for (const locale of ['en', 'it', 'uk'])
      expect([path, sentence[locale]]).toEqual([path, expect.stringMatching(/\S/)])
  }
})

test('another word is no kind', async () => {
  const shop = await createConsoleShop(db)
  for (const kind of ['order.paid', 'constructor', '__proto__', '5'])
    expect((await ask(shop, { url: `/v1/event-kinds/${kind}` })).status).toBe(404)
  expect((await ask(await createConsoleShop(db, ['events:read']), { url: '/v1/event-kinds' })).status).toBe(
    403,
  )
})
