import { leaveGroup, type ApiKeyScope } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createContact, createContacts, decide, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

const createShop = (...scopes: ApiKeyScope[]) =>
  createConsoleShop(db, scopes.length === 0 ? undefined : scopes)

const VIP = { keyword: 'vip', name: 'Amici' }

async function post(shop: ConsoleShop, body: unknown = VIP) {
  return await ask(shop, { method: 'POST', url: '/v1/groups', body })
}

async function makeGroup(shop: ConsoleShop, body: unknown = VIP): Promise<string> {
  const { body: group } = await post(shop, body)
  return (group as { id: string }).id
}

test('[WEB-27] a group is made, seen, changed and deleted', async () => {
  const shop = await createShop()
  const made = await post(shop, { ...VIP, keyword: 'ViP' })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ keyword: 'vip', name: 'Amici', is_open: true, purposes: ['marketing'] })
  const { id, start_parameter: parameter } = made.body as { id: string; start_parameter: string }
  expect(parameter).toBe(`g_${id}`)
  expect((await ask(shop, { url: `/v1/groups/${id}` })).body).toEqual(made.body)
  const change = { is_open: false, purposes: ['messages', 'marketing'] }
  const changed = await ask(shop, { method: 'PATCH', url: `/v1/groups/${id}`, body: change })
  expect(changed.body).toEqual({ ...(made.body as object), ...change })
  expect((await ask(shop, { method: 'PATCH', url: `/v1/groups/${id}`, body: {} })).body).toEqual(changed.body)
  expect((await ask(shop, { url: '/v1/groups' })).body).toEqual({ items: [changed.body] })
  expect(await ask(shop, { method: 'DELETE', url: `/v1/groups/${id}` })).toMatchObject({
    status: 204,
    body: undefined,
  })
  expect((await ask(shop, { url: `/v1/groups/${id}` })).status).toBe(404)
  expect((await ask(shop, { url: '/v1/groups' })).body).toEqual({ items: [] })
})

test('the same group asked for twice is made once; another one under its keyword is a conflict', async () => {
  const shop = await createShop()
  const answers = await Promise.all([post(shop), post(shop), post(shop)])
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  const other = await post(shop, { ...VIP, name: 'Altri' })
  expect(other).toMatchObject({ status: 409, body: { type: '/problems/conflict' } })
  const second = await makeGroup(shop, { keyword: 'oro', name: 'Oro' })
  const renamed = await ask(shop, { method: 'PATCH', url: `/v1/groups/${second}`, body: { keyword: 'VIP' } })
  expect(renamed.status).toBe(409)
})

test.each([
  [{}, ['/keyword required', '/name required']],
  [{ ...VIP, keyword: 'v' }, ['/keyword invalid_keyword']],
  [{ ...VIP, keyword: 'two words' }, ['/keyword invalid_keyword']],
  [{ ...VIP, keyword: 7 }, ['/keyword wrong_type']],
  [{ ...VIP, name: '  ' }, ['/name invalid']],
  [{ ...VIP, name: 'x'.repeat(65) }, ['/name too_long']],
  [{ ...VIP, name: 'a\0b' }, ['/name nul_character']],
  [{ ...VIP, is_open: 'yes' }, ['/is_open wrong_type']],
  [{ ...VIP, purposes: [] }, ['/purposes empty']],
  [{ ...VIP, purposes: ['spam'] }, ['/purposes/0 not_allowed']],
  [{ ...VIP, purposes: ['messages', 'messages'] }, ['/purposes invalid']],
  [{ ...VIP, keywords: ['x'] }, ['/keywords unknown_field']],
  [[VIP], [' wrong_type']],
])('a group that makes no sense is refused by the place: %j', async (body, errors) => {
  const answer = await post(await createShop(), body)
  expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
})

test('contacts are added up to a thousand at once, and each is told what became of them', async () => {
  const shop = await createShop()
  const { shopId } = shop.bot
  const id = await makeGroup(shop)
  await sql`insert into contacts (shop_id, external_id)
    select ${shopId}, 'customer-' || n from generate_series(1, 998) n`.execute(db)
  const { contactId, recipient } = await createContact(db, shop.bot)
  await leaveGroup(db, shopId, { groupId: id, contactId, source: 'bot_dialog' })
  const given = ['nobody', recipient, ...Array.from({ length: 998 }, (_, index) => `customer-${index + 1}`)]
  const url = `/v1/groups/${id}/members`
  const add = async () => {
    const { status, body } = await ask(shop, { method: 'POST', url, body: { external_ids: given } })
    expect(status).toBe(200)
    const { items } = body as { items: { external_id: string; outcome: string }[] }
    expect(items.map((item) => item.external_id)).toEqual(given)
    return items.map(({ outcome }) => outcome)
  }
  expect(await add()).toEqual(['unknown', 'left_by_contact', ...Array.from({ length: 998 }, () => 'added')])
  expect(await add()).toEqual(['unknown', 'left_by_contact', ...Array.from({ length: 998 }, () => 'already')])

  const seen: string[] = []
  let next = ''
  do {
    const { body } = await ask(shop, { url: `${url}?limit=200${next}` })
    const page = body as { items: { external_id: string; source: string }[]; next_cursor?: string }
    expect(page.items.every(({ source }) => source === 'api')).toBe(true)
    seen.push(...page.items.map((member) => member.external_id))
    next = page.next_cursor === undefined ? '' : `&cursor=${page.next_cursor}`
  } while (next !== '')
  expect(seen).toEqual(given.slice(2))
})

test('a member is shown with their name, and taken out once', async () => {
  const shop = await createShop()
  const { shopId } = shop.bot
  const { contactId, recipient } = await createContact(db, shop.bot)
  await sql`update contacts set first_name = 'Giulia' where shop_id = ${shopId} and id = ${contactId}`.execute(
    db,
  )
  const url = `/v1/groups/${await makeGroup(shop)}/members`
  await ask(shop, { method: 'POST', url, body: { external_ids: [recipient, recipient] } })
  expect((await ask(shop, { url })).body).toMatchObject({
    items: [{ contact_id: contactId, external_id: recipient, name: { first: 'Giulia' } }],
  })
  expect((await ask(shop, { method: 'DELETE', url: `${url}/${contactId}` })).status).toBe(204)
  expect((await ask(shop, { method: 'DELETE', url: `${url}/${contactId}` })).status).toBe(404)
  expect((await ask(shop, { url })).body).toEqual({ items: [] })
})

test.each([
  [{}, ['/external_ids required']],
  [{ external_ids: [] }, ['/external_ids empty']],
  [{ external_ids: 'customer-1' }, ['/external_ids wrong_type']],
  [{ external_ids: ['ok', ''] }, ['/external_ids/1 empty']],
  [{ external_ids: ['with blank'] }, ['/external_ids/0 invalid_id']],
  [{ external_ids: Array.from({ length: 1_001 }, (_, index) => `c-${index}`) }, ['/external_ids too_many']],
])('an addition that makes no sense adds nobody', async (body, errors) => {
  const shop = await createShop()
  const url = `/v1/groups/${await makeGroup(shop)}/members`
  const answer = await ask(shop, { method: 'POST', url, body })
  expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
})

test('what is too large for a body is refused before it is read', async () => {
  const shop = await createShop()
  const url = `/v1/groups/${await makeGroup(shop)}/members`
  const external = Array.from({ length: 1_000 }, (_, index) => `${index}-${'x'.repeat(100)}`)
  const answer = await ask(shop, { method: 'POST', url, body: { external_ids: external } })
  expect(answer.status).toBe(413)
})

test('[WEB-28] the reach of a group and of the whole book tells who would get a message', async () => {
  const shop = await createShop()
  const id = await makeGroup(shop)
  const people = await createContacts(db, shop.bot, 3)
  const [first] = people
  await decide(db, shop.bot, { contactId: first!.contactId, purpose: 'marketing', action: 'granted' })
  const body = { external_ids: people.slice(0, 2).map(({ recipient }) => recipient) }
  await ask(shop, { method: 'POST', url: `/v1/groups/${id}/members`, body })
  const ofGroup = await ask(shop, { url: `/v1/groups/${id}/reach?purpose=marketing` })
  expect(ofGroup).toMatchObject({
    status: 200,
    body: { total: 2, reachable: 2, consenting: 1, deliverable: 1 },
  })
  const ofAll = await ask(shop, { url: '/v1/reach?purpose=order_updates' })
  expect(ofAll).toMatchObject({ status: 200, body: { total: 3, reachable: 3, consenting: 3, blocked: 0 } })
  const empty = await ask(await createShop(), { url: '/v1/reach?purpose=marketing' })
  expect(empty).toMatchObject({ status: 200, body: { total: 0, deliverable: 0 } })
  expect(errorsOf(await ask(shop, { url: '/v1/reach' }))).toEqual(['purpose required'])
  expect(errorsOf(await ask(shop, { url: '/v1/reach?purpose=spam' }))).toEqual(['purpose not_allowed'])
  expect(errorsOf(await ask(shop, { url: '/v1/reach?purpose=messages&group=1' }))).toEqual([
    'group unknown_field',
  ])
})

test('another shop’s group is not there', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  const id = await makeGroup(shop)
  const { contactId, recipient } = await createContact(db, shop.bot)
  const body = { external_ids: [recipient] }
  await ask(shop, { method: 'POST', url: `/v1/groups/${id}/members`, body })
  const requests = [
    { url: `/v1/groups/${id}` },
    { url: `/v1/groups/${id}/members` },
    { url: `/v1/groups/${id}/reach?purpose=marketing` },
    { method: 'PATCH', url: `/v1/groups/${id}`, body: { name: 'x' } },
    { method: 'POST', url: `/v1/groups/${id}/members`, body },
    { method: 'DELETE', url: `/v1/groups/${id}/members/${contactId}` },
    { method: 'DELETE', url: `/v1/groups/${id}` },
  ] as const
  for (const request of requests) expect((await ask(elsewhere, request)).status).toBe(404)
  expect((await ask(shop, { url: `/v1/groups/${id}` })).body).toMatchObject({ name: 'Amici' })
  expect((await ask(shop, { url: `/v1/groups/${id}/members` })).body).toMatchObject({
    items: [{ external_id: recipient }],
  })
})

test.each(['0', '-1', 'vip', '9223372036854775808', '1%20or%201'])(
  'what is no id is not there: %s',
  async (id) => {
    expect((await ask(await createShop(), { url: `/v1/groups/${id}` })).status).toBe(404)
  },
)

test('a key that may only read changes nothing, and one for events sees nothing', async () => {
  const shop = await createShop('contacts:read')
  expect((await post(shop)).status).toBe(403)
  expect((await ask(shop, { url: '/v1/groups' })).status).toBe(200)
  expect((await ask(await createShop('events:write'), { url: '/v1/groups' })).status).toBe(403)
})

test('groups come page by page, and a cursor belongs to its list', async () => {
  const shop = await createShop()
  for (const keyword of ['aa', 'bb', 'cc']) await makeGroup(shop, { keyword, name: keyword })
  const first = await ask(shop, { url: '/v1/groups?limit=2' })
  const { items, next_cursor: cursor } = first.body as { items: { keyword: string }[]; next_cursor: string }
  expect(items.map(({ keyword }) => keyword)).toEqual(['aa', 'bb'])
  const second = await ask(shop, { url: `/v1/groups?limit=2&cursor=${cursor}` })
  expect(second.body).toMatchObject({ items: [{ keyword: 'cc' }] })
  expect(second.body).not.toHaveProperty('next_cursor')
  const members = `/v1/groups/${await makeGroup(shop, { keyword: 'dd', name: 'dd' })}/members`
  for (const url of [
    `${members}?cursor=${cursor}`,
    '/v1/groups?limit=201',
    '/v1/groups?limit=0',
    '/v1/groups?page=2',
  ]) {
    expect((await ask(shop, { url })).status).toBe(422)
  }
})
