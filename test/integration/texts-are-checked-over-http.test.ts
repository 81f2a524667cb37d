import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)
const shop = await createConsoleShop(db)

const SHIPPED = { kind: 'order.status_changed', state: 'shipped', locale: 'it' }
const WRONG = { text: 'Ciao,\nil totale: {{ order.totale }}' }

const check = (body: unknown) => ask(shop, { method: 'POST', url: '/v1/templates:check', body })

test('[U18] a text is checked without being written', async () => {
  const { status, body } = await check({ ...SHIPPED, content: WRONG })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    errors: 1,
    items: [{ ...SHIPPED, findings: [{ severity: 'error', code: 'unknown_field', at: 'text', line: 2 }] }],
  })
  expect((await check({ ...SHIPPED, content: { text: 'ok' } })).body).toMatchObject({ errors: 0 })
  expect((await ask(shop, { url: '/v1/templates' })).body).toEqual({ items: [] })
})

test('[U18] a set of texts is held against each other', async () => {
  const templates = [
    { ...SHIPPED, content: { text: 'uno' } },
    { ...SHIPPED, locale: 'en', content: { text: 'one' } },
    { ...SHIPPED, state: 'paid', content: { text: 'pagato' } },
  ]
  const { status, body } = await check({ templates })
  expect(status).toBe(200)
  const { items } = body as { items: { state: string; locale: string; findings: { code: string }[] }[] }
  const found = items.flatMap(({ state, locale, findings }) =>
    findings.map(({ code }) => `${state} ${locale} ${code}`),
  )
  expect(found).toContain('paid en missing_locale')
  expect(errorsOf(await check({ templates: [] }))).toEqual(['/templates empty'])
})

test('[PASS-20] a text with an error is not published, whatever the way, and each error names its place', async () => {
  const made = await ask(shop, { method: 'POST', url: '/v1/templates', body: { ...SHIPPED, content: WRONG } })
  expect(made).toMatchObject({
    status: 201,
    body: { draft: { findings: [{ code: 'unknown_field', line: 2 }] } },
  })
  const { id } = made.body as { id: string }
  const act = (path: string, body: object) =>
    ask(shop, { method: 'POST', url: `/v1/templates/${id}/${path}`, body })
  for (const [path, body] of [
    ['publish', {}],
    ['publish', { revision: 1 }],
    ['test', {}],
  ] as const) {
    const refused = await act(path, body)
    expect([path, refused]).toMatchObject([
      path,
      {
        status: 422,
        body: {
          type: '/problems/template-refused',
          errors: [{ pointer: '/content/text', line: 2, column: expect.any(Number), code: 'unknown_field' }],
        },
      },
    ])
  }
  // As if it had been published before the checker knew better.
  await db.updateTable('template_versions').set({ status: 'retired' }).where('template_id', '=', id).execute()
  expect((await act('rollback', { version: 1 })).status).toBe(422)
  const buttons = [[{ text: '{{ order.x }}', action: 'a' }]]
  await ask(shop, {
    method: 'PUT',
    url: `/v1/templates/${id}/draft`,
    body: { content: { text: 'ok', buttons } },
  })
  expect(errorsOf(await act('publish', {}))).toEqual(['/content/buttons/0/0/text unknown_field'])
  expect((await ask(shop, { url: `/v1/templates/${id}` })).body).not.toHaveProperty('published')
})
