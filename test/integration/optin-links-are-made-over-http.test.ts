import { createGroup, saveOptinPage, takeOptinLink, type ApiKeyScope } from '@postino/database'
import { optinPageSchema, PURPOSES } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { addBot, createContact, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

/** A shop whose first bot is called `first_bot`. */
async function createShop(...scopes: ApiKeyScope[]): Promise<ConsoleShop> {
  const shop = await createConsoleShop(db, scopes.length === 0 ? undefined : scopes)
  await nameBot(shop.bot.botId, 'first_bot')
  return shop
}

async function nameBot(botId: string, username: string, status = 'active'): Promise<void> {
  await sql`update bots set username = ${username}, status = ${status} where id = ${botId}`.execute(db)
}

async function post(shop: ConsoleShop, body: unknown = {}) {
  return await ask(shop, { method: 'POST', url: '/v1/optin-links', body })
}

interface Link {
  id: string
  url: string
  page_url: string
  expires_at: string
  created_at: string
}

async function makeLink(shop: ConsoleShop, body: unknown = {}) {
  const { body: link } = await post(shop, body)
  const { id, url, ...rest } = link as Link
  return { id, url, token: url.split('=')[1] ?? '', ...rest }
}

test('[WEB-11, CM-3] a link names the bot, its page, its QR codes and what it is for', async () => {
  const shop = await createShop()
  const { contactId, recipient } = await createContact(db, shop.bot)
  const body = { external_id: recipient, purposes: ['order_updates'], source: 'checkout', locale: 'it' }
  const answer = await post(shop, body)
  expect(answer).toMatchObject({
    status: 201,
    body: { ...body, contact_id: contactId, status: 'open', bot: 'first_bot', makes_tester: false },
  })
  const { id, url, page_url: page, ...link } = answer.body as Link & { qr: { svg: string; png: string } }
  expect(url).toMatch(/^https:\/\/t\.me\/first_bot\?start=[\w-]{22}$/)
  const token = url.slice(-22)
  expect(page).toMatch(new RegExp(`^https://bot\\.example/o/[a-z0-9-]+/${token}$`))
  expect(link.qr.svg).toMatch(/^<svg .*<\/svg>$/s)
  expect(Buffer.from(link.qr.png, 'base64').subarray(1, 4).toString()).toBe('PNG')
  const seconds = (Date.parse(link.expires_at) - Date.parse(link.created_at)) / 1_000
  expect(Math.round(seconds)).toBe(7 * 86_400)

  const { botId } = shop.bot
  const taken = await takeOptinLink(db, shop.shopId, { botId, token })
  expect(taken).toMatchObject({
    status: 'taken',
    id,
    contactId,
    purposes: ['order_updates'],
    source: 'checkout',
  })
  expect(JSON.stringify(taken)).toMatch(/request_id":"[0-9a-f-]{36}/)
})

test('a link is never shown again with its token, and says how it stands', async () => {
  const shop = await createShop()
  const { id, token } = await makeLink(shop, { email: 'giulia@example.it' })
  const see = async () => (await ask(shop, { url: `/v1/optin-links/${id}` })).body
  expect(await see()).toMatchObject({ id, status: 'open', email: 'giulia@example.it' })
  expect(JSON.stringify([await see(), (await ask(shop, { url: '/v1/optin-links' })).body])).not.toContain(
    token,
  )
  await takeOptinLink(db, shop.shopId, { botId: shop.bot.botId, token })
  expect(await see()).toMatchObject({ status: 'used' })
  const late = await ask(shop, { method: 'DELETE', url: `/v1/optin-links/${id}` })
  expect(late).toMatchObject({
    status: 409,
    body: { detail: expect.stringMatching(/revoke the registration/) },
  })
})

test('a link that is taken back binds nobody', async () => {
  const shop = await createShop()
  const { id, token } = await makeLink(shop)
  for (let times = 0; times < 2; times++) {
    const answer = await ask(shop, { method: 'DELETE', url: `/v1/optin-links/${id}` })
    expect(answer).toMatchObject({ status: 200, body: { id, status: 'revoked' } })
  }
  const taken = await takeOptinLink(db, shop.shopId, { botId: shop.bot.botId, token })
  expect(taken.status).toBe('revoked')
})

test('[WEB-19] a link may lead into a group, and asks then what the group is about', async () => {
  const shop = await createShop()
  const group = { keyword: 'vip', name: 'VIP', purposes: ['messages' as const] }
  const { id: groupId } = (await createGroup(db, shop.shopId, group))!
  const { body } = await post(shop, { group: 'VIP', makes_tester: true, expires_in_seconds: 60 })
  expect(body).toMatchObject({ group: 'vip', purposes: ['messages'], makes_tester: true })
  const { items } = (await ask(shop, { url: `/v1/optin-links?group=${groupId}` })).body as { items: Link[] }
  expect(items.map(({ id }) => id)).toEqual([(body as Link).id])
})

test('without words for it a link asks what the opt-in page does, by the page’s bot', async () => {
  const shop = await createShop()
  const second = await addBot(db, shop.shopId)
  await nameBot(second.botId, 'second_bot')
  expect((await post(shop)).body).toMatchObject({
    bot: 'first_bot',
    purposes: ['order_updates', 'cart_reminders', 'reminders', 'marketing'],
  })
  const settings = optinPageSchema.parse({ purposes: ['documents'], bot: 'Second_Bot' })
  await saveOptinPage(db, shop.shopId, { isPublished: true, settings })
  expect((await post(shop)).body).toMatchObject({ bot: 'second_bot', purposes: ['documents'] })
  expect((await post(shop, { bot: '@FIRST_bot', purposes: PURPOSES })).body).toMatchObject({
    bot: 'first_bot',
    purposes: PURPOSES,
  })
  await nameBot(second.botId, 'second_bot', 'archived')
  expect((await post(shop)).body).toMatchObject({ bot: 'first_bot' })
  expect(errorsOf(await post(shop, { bot: 'second_bot' }))).toEqual(['/bot unknown_bot'])
})

test('a shop without a served bot is told so', async () => {
  const shop = await createShop()
  await nameBot(shop.bot.botId, 'first_bot', 'paused')
  expect((await post(shop)).status).toBe(409)
  expect((await post(shop, { bot: 'first_bot' })).status).toBe(201)
})

test('who was merged goes by the contact they have become, and for who was erased there is no link', async () => {
  const shop = await createShop()
  const [former, present, erased] = [
    await createContact(db, shop.bot),
    await createContact(db, shop.bot),
    await createContact(db, shop.bot),
  ]
  await sql`update contacts set merged_into = ${present.contactId} where id = ${former.contactId}`.execute(db)
  await sql`update contacts set erased_at = now() where id = ${erased.contactId}`.execute(db)
  for (const body of [{ external_id: former.recipient }, { contact_id: former.contactId }]) {
    expect((await post(shop, body)).body).toMatchObject({ contact_id: present.contactId })
  }
  expect((await post(shop, { contact_id: erased.contactId })).status).toBe(409)
})

test.each([
  [{ contact_id: '1', external_id: 'ada' }, ['/external_id two_names']],
  [{ external_id: 'nobody' }, ['/external_id unknown_contact']],
  [{ contact_id: '999999999' }, ['/contact_id unknown_contact']],
  [{ contact_id: 7 }, ['/contact_id wrong_type']],
  [{ contact_id: 'ada' }, ['/contact_id invalid_id']],
  [{ email: 'nobody' }, ['/email invalid_email']],
  [{ purposes: [] }, ['/purposes empty']],
  [{ purposes: ['messages', 'messages'] }, ['/purposes invalid']],
  [{ purposes: ['spam'] }, ['/purposes/0 not_allowed']],
  [{ group: 'nobodys' }, ['/group unknown_group']],
  [{ bot: 'nobodys_bot' }, ['/bot unknown_bot']],
  [{ source: 'bot_dialog' }, ['/source not_allowed']],
  [{ locale: 'de' }, ['/locale not_allowed']],
  [{ expires_in_seconds: 59 }, ['/expires_in_seconds too_small']],
  [{ expires_in_seconds: 365 * 86_400 + 1 }, ['/expires_in_seconds too_big']],
  [{ expires_in_seconds: 1e300 }, ['/expires_in_seconds number_out_of_range']],
  [{ expires_in_seconds: '1h' }, ['/expires_in_seconds wrong_type']],
  [{ makes_tester: 'yes' }, ['/makes_tester wrong_type']],
  [{ token: 'mine' }, ['/token unknown_field']],
])('what makes no link is refused by the place: %j', async (body, errors) => {
  const shop = await createShop()
  const answer = await post(shop, body)
  expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
  expect((await ask(shop, { url: '/v1/optin-links' })).body).toEqual({ items: [] })
})

test('another shop’s contact, group, bot and link are not there', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  await nameBot(shop.bot.botId, 'ours_alone_bot')
  const { contactId, recipient } = await createContact(db, shop.bot)
  await createGroup(db, shop.shopId, { keyword: 'vip', name: 'VIP' })
  for (const body of [
    { contact_id: contactId },
    { external_id: recipient },
    { group: 'vip' },
    { bot: 'ours_alone_bot' },
  ]) {
    expect((await post(elsewhere, body)).status).toBe(422)
  }
  const { id } = await makeLink(shop, { contact_id: contactId })
  for (const method of ['GET', 'DELETE'] as const) {
    expect((await ask(elsewhere, { method, url: `/v1/optin-links/${id}` })).status).toBe(404)
  }
  expect((await ask(elsewhere, { url: `/v1/optin-links?contact=${contactId}` })).body).toEqual({ items: [] })
  expect((await ask(shop, { url: `/v1/optin-links/${id}` })).body).toMatchObject({ status: 'open' })
})

test('many links at once are as many different ones, listed the youngest first', async () => {
  const shop = await createShop()
  const links = await Promise.all(Array.from({ length: 30 }, () => makeLink(shop, { qr: false })))
  expect(new Set(links.map(({ token }) => token)).size).toBe(30)
  const ids: string[] = []
  let next = ''
  do {
    const { body } = await ask(shop, { url: `/v1/optin-links?status=open&limit=12${next}` })
    const page = body as { items: Link[]; next_cursor?: string }
    ids.push(...page.items.map(({ id }) => id))
    next = page.next_cursor === undefined ? '' : `&cursor=${page.next_cursor}`
  } while (next !== '')
  expect(ids).toEqual(links.map(({ id }) => id).toSorted((a, b) => Number(b) - Number(a)))
})

test('a key that may only read makes and takes back no link', async () => {
  const shop = await createShop('contacts:read')
  expect((await post(shop)).status).toBe(403)
  expect((await ask(shop, { method: 'DELETE', url: '/v1/optin-links/1' })).status).toBe(403)
  expect((await ask(shop, { url: '/v1/optin-links' })).status).toBe(200)
})

test('without a public address there are no pages, but the link works', async () => {
  const { ask: askBare } = await createConsoleUnderTest(db, { config: { botPublicUrl: undefined } })
  const { status, body } = await askBare(await createShop(), {
    method: 'POST',
    url: '/v1/optin-links',
    body: { qr: false },
  })
  expect(status).toBe(201)
  expect(body).not.toHaveProperty('page_url')
  expect(body).not.toHaveProperty('qr')
  expect(body).toHaveProperty('url')
})
