import type { ApiKeyScope } from '@postino/database'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest, type ConsoleRequest } from './console-under-test.ts'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

const createShop = (...scopes: ApiKeyScope[]) =>
  createConsoleShop(db, scopes.length === 0 ? undefined : scopes)

const SHIPPED = { kind: 'order.status_changed', state: 'shipped', locale: 'it' }

interface Seen {
  id: string
  revision: number
  draft?: { content: { text: string }; version: number }
  published?: { content: { text: string }; version: number; rolled_back_to?: number }
}

/** What a shop does with one template; each answers its status and what is there then. */
async function createTemplate(shop: ConsoleShop, name: object = SHIPPED) {
  const made = await ask(shop, {
    method: 'POST',
    url: '/v1/templates',
    body: { ...name, content: { text: 'uno' } },
  })
  const { id } = made.body as Seen
  const url = `/v1/templates/${id}`
  async function act(method: ConsoleRequest['method'], path: string, body?: unknown) {
    const answer = await ask(shop, { method, url: url + path, body })
    return { ...answer, template: answer.body as Seen }
  }
  return {
    id,
    made,
    see: () => act('GET', ''),
    save: (text: string, revision?: number) => act('PUT', '/draft', { content: { text }, revision }),
    publish: (revision?: number) => act('POST', '/publish', { revision }),
    act,
  }
}

test('[PASS-19, PASS-20] a template is drafted, published, changed, and rolled back', async () => {
  const { made, see, save, publish, act } = await createTemplate(await createShop())
  expect(made).toMatchObject({
    status: 201,
    body: {
      ...SHIPPED,
      revision: 1,
      draft: { version: 1, content: { text: 'uno', buttons: [], silent: false } },
    },
  })
  expect(made.body).not.toHaveProperty('published')
  const { template } = await publish()
  expect(template).toMatchObject({ published: { version: 1, content: { text: 'uno' } } })
  expect(template).not.toHaveProperty('draft')
  const saved = await save('due')
  expect(saved.template).toMatchObject({ published: { version: 1 }, draft: { version: 2 } })
  expect((await publish(saved.template.revision)).template.published).toMatchObject({ version: 2 })
  const back = await act('POST', '/rollback', { version: 1, note: 'troppo' })
  expect(back.template.published).toMatchObject({
    version: 3,
    rolled_back_to: 1,
    note: 'troppo',
    content: { text: 'uno' },
  })
  const { body } = await act('GET', '/versions')
  expect(body).toMatchObject({
    items: [
      { version: 3, status: 'published' },
      { version: 2, status: 'retired' },
      { version: 1, status: 'retired' },
    ],
  })
  expect((await act('GET', '/versions/2')).body).toMatchObject({
    status: 'retired',
    content: { text: 'due' },
  })
  expect((await act('POST', '/unpublish', {})).template).not.toHaveProperty('published')
  expect((await see()).template).not.toHaveProperty('published')
})

test('[PASS-19] the same template asked for twice is made once; other words are a conflict with the way out', async () => {
  const shop = await createShop()
  const body = { ...SHIPPED, content: { text: 'uno' } }
  const post = (given: object = body) => ask(shop, { method: 'POST', url: '/v1/templates', body: given })
  const answers = await Promise.all([post(), post(), post()])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201])
  const { id } = answers[0].body as Seen
  const other = await post({ ...body, content: { text: 'due' } })
  expect(other).toMatchObject({ status: 409, body: { type: '/problems/conflict', template_id: id } })
  expect((other.body as { detail: string }).detail).toContain(`PUT /v1/templates/${id}/draft`)
})

test('[PASS-19] nobody saves over what somebody else wrote, and the answer tells the way out', async () => {
  const { id, see, save, publish, act } = await createTemplate(await createShop())
  const blind = await save('due')
  expect(blind).toMatchObject({ status: 409, body: { template_id: id, revision: 1 } })
  expect((blind.body as { detail: string }).detail).toContain('"revision": 1')
  const [one, two] = await Promise.all([save('due', 1), save('tre', 1)])
  expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([200, 409])
  // Neither is what nobody has seen published or thrown away.
  expect(await publish(1)).toMatchObject({ status: 409, body: { revision: 2 } })
  expect((await act('DELETE', '/draft?revision=1')).status).toBe(409)
  expect((await see()).template.draft?.content.text).toBe(one.status === 200 ? 'due' : 'tre')
  expect((await publish(2)).status).toBe(200)
  expect(await publish()).toMatchObject({ status: 409, body: { template_id: id, revision: 3 } })
  expect(await act('POST', '/unpublish', { revision: 2 })).toMatchObject({ status: 409 })
  expect(await act('POST', '/rollback', { version: 7 })).toMatchObject({ status: 409 })
})

test('a draft is thrown away, and a template with nothing else is gone', async () => {
  const { see, save, publish, act } = await createTemplate(await createShop())
  await publish()
  await save('due')
  expect((await act('DELETE', '/draft')).status).toBe(204)
  expect((await act('DELETE', '/draft')).status).toBe(204)
  expect((await see()).template).toMatchObject({ published: { version: 1 } })
  const other = await createTemplate(await createShop())
  expect((await other.act('DELETE', '/draft')).status).toBe(204)
  expect((await other.see()).status).toBe(404)
})

test('templates are listed by what they are for and how they stand', async () => {
  const shop = await createShop()
  const paid = await createTemplate(shop, { ...SHIPPED, state: 'paid' })
  const english = await createTemplate(shop, { ...SHIPPED, locale: 'EN-gb' })
  const cart = await createTemplate(shop, { kind: 'cart.abandoned', locale: 'it' })
  for (const { publish } of [paid, cart]) await publish()
  await cart.save('due')
  const list = async (query: string) => {
    const { status, body } = await ask(shop, { url: `/v1/templates${query}` })
    return status === 200 ? (body as { items: Seen[] }).items.map(({ id }) => id) : status
  }
  expect(await list('')).toEqual([paid.id, english.id, cart.id])
  expect(await list('?kind=order.status_changed')).toEqual([paid.id, english.id])
  expect(await list('?state=paid')).toEqual([paid.id])
  expect(await list('?state=')).toBe(422)
  expect(await list('?locale=en-GB')).toEqual([english.id])
  expect(await list('?status=draft')).toEqual([english.id, cart.id])
  expect(await list('?status=published')).toEqual([paid.id, cart.id])
  expect(await list('?status=unpublished')).toEqual([english.id])
  expect(await list('?status=retired')).toBe(422)
  const { body } = await ask(shop, { url: '/v1/templates?limit=2' })
  const { items, next_cursor: cursor } = body as { items: object[]; next_cursor: string }
  expect(items[0]).toMatchObject({
    locale: 'it',
    published: { version: 1, errors: 0, warnings: expect.any(Number) },
  })
  expect(JSON.stringify(items)).not.toContain('content')
  expect(await list(`?limit=2&cursor=${cursor}`)).toEqual([cart.id])
})

test('two versions are told apart, the text line by line', async () => {
  const { save, publish, act } = await createTemplate(await createShop())
  await publish()
  const content = { text: 'zero\nuno\ndue', silent: true, buttons: [[{ text: 'Sì', action: 'yes' }]] }
  await act('PUT', '/draft', { content })
  expect((await act('GET', '/diff?from=1&to=2')).body).toEqual({
    from: 1,
    to: 2,
    text: [
      { change: 'added', line: 'zero' },
      { change: 'same', line: 'uno' },
      { change: 'added', line: 'due' },
    ],
    changed: [
      { part: 'silent', from: false, to: true },
      { part: 'buttons.0.0.text', to: 'Sì' },
      { part: 'buttons.0.0.action', to: 'yes' },
    ],
  })
  expect(errorsOf(await act('GET', '/diff?from=1&to=3'))).toEqual(['to unknown_version'])
  expect(errorsOf(await act('GET', '/diff?from=1'))).toEqual(['to required'])
  expect((await save('x', 99)).status).toBe(409)
})

test('another shop’s template is a 404, whatever is asked', async () => {
  const { id } = await createTemplate(await createShop())
  const other = await createShop()
  const content = { text: 'theirs' }
  const requests: [ConsoleRequest['method'], string, object?][] = [
    ['GET', ''],
    ['PUT', '/draft', { content, revision: 1 }],
    ['DELETE', '/draft'],
    ['POST', '/publish', {}],
    ['POST', '/unpublish', {}],
    ['POST', '/rollback', { version: 1 }],
    ['GET', '/versions'],
    ['GET', '/versions/1'],
    ['GET', '/diff?from=1&to=1'],
  ]
  for (const [method, path, body] of requests) {
    const answer = await ask(other, { method, url: `/v1/templates/${id}${path}`, body })
    expect([path, answer.status]).toEqual([path, 404])
  }
  expect((await ask(other, { url: '/v1/templates' })).body).toEqual({ items: [] })
})

test('templates are read and written by keys that may', async () => {
  const { shopId } = await createShop()
  const reader = await createShop('templates:read')
  const body = { ...SHIPPED, content: { text: 'uno' } }
  expect((await ask(reader, { url: '/v1/templates' })).status).toBe(200)
  expect((await ask(reader, { method: 'POST', url: '/v1/templates', body })).status).toBe(403)
  const writer = await createShop('templates:write')
  expect((await ask(writer, { url: '/v1/templates' })).status).toBe(403)
  expect((await ask(writer, { method: 'POST', url: '/v1/templates', body })).status).toBe(201)
  expect(shopId).not.toBe(writer.shopId)
})

const NAMED = { ...SHIPPED, content: { text: 'x' } }

test.each<[object, string[]]>([
  [{}, ['/kind required', '/locale required', '/content required']],
  [{ ...NAMED, kind: 'order.paid' }, ['/kind not_allowed']],
  [{ ...NAMED, locale: 'italiano puro' }, ['/locale invalid_locale']],
  [{ ...NAMED, state: ' spedito' }, ['/state invalid_state']],
  [{ ...NAMED, kind: 'cart.abandoned' }, ['/state invalid_state']],
  [{ ...NAMED, kind: 'file.accessed', state: 'burnt' }, ['/state invalid_state']],
  [{ ...NAMED, content: { text: '' } }, ['/content/text empty']],
  [{ ...NAMED, content: { text: 'x'.repeat(8_001) } }, ['/content/text too_long']],
  [{ ...NAMED, content: { text: 'x', color: 'red' } }, ['/content/color unknown_field']],
  [{ ...NAMED, content: { text: 'x', buttons: [[]] } }, ['/content/buttons/0 empty']],
  [{ ...NAMED, content: 'x' }, ['/content wrong_type']],
  [{ ...NAMED, text: 'x' }, ['/text unknown_field']],
  [{ ...NAMED, note: ' ' }, ['/note invalid']],
])('[PASS-18] what is no template is refused by what is wrong with it: %#', async (body, errors) => {
  const answer = await ask(await createShop(), { method: 'POST', url: '/v1/templates', body })
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(errors)
})

test('a state of the shop’s own is taken where the list is open', async () => {
  const shop = await createShop()
  for (const [kind, state] of [
    ['order.status_changed', 'In bottega'],
    ['activity.due', 'da fare'],
    ['file.accessed', 'previewed'],
  ]) {
    const body = { kind, state, locale: 'it', content: { text: 'x' } }
    expect((await ask(shop, { method: 'POST', url: '/v1/templates', body })).status).toBe(201)
  }
})

test('a source may be longer than what people read of it', async () => {
  const content = { text: `{# ${'x'.repeat(7_990)} #}ok` }
  const body = { ...SHIPPED, content }
  const made = await ask(await createShop(), { method: 'POST', url: '/v1/templates', body })
  expect(made).toMatchObject({ status: 201, body: { draft: { content } } })
})
