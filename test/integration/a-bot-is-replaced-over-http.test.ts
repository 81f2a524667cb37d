import type { ApiKeyScope } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { addBot, createContacts, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

async function createShop(...scopes: ApiKeyScope[]) {
  const shop = await createConsoleShop(db, scopes.length === 0 ? undefined : scopes)
  const { botId: newBotId } = await addBot(db, shop.shopId)
  await sql`update bots set username = 'old_' || shop_id || '_bot' where id = ${shop.bot.botId}`.execute(db)
  const { rows } = await sql<{ username: string }>`
    update bots set username = 'new_' || shop_id || '_bot' where id = ${newBotId} returning username`.execute(
    db,
  )
  const url = `/v1/bots/${shop.bot.botId}/replacement`
  return { ...shop, url, oldBotId: shop.bot.botId, newBotId, newBot: rows[0]!.username }
}
type Shop = Awaited<ReturnType<typeof createShop>>

async function start(shop: Shop, body: unknown = { new_bot: shop.newBot }, asShop: ConsoleShop = shop) {
  return await ask(asShop, { method: 'POST', url: shop.url, body })
}

test('[WEB-9] a shop sees its bots, without their tokens', async () => {
  const shop = await createShop()
  const { status, body } = await ask(shop, { url: '/v1/bots' })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    items: [
      { id: shop.oldBotId, status: 'active' },
      { id: shop.newBotId, username: shop.newBot, url: `https://t.me/${shop.newBot}` },
    ],
  })
  expect(JSON.stringify(body)).not.toMatch(/token|secret|webhook/)
  const names = (body as { items: object[] }).items.flatMap((bot) => Object.keys(bot))
  expect(new Set(names)).toEqual(new Set(['id', 'username', 'name', 'url', 'status']))
})

test('[BEY-10] a replacement begins once, tells how far it is, and is ended', async () => {
  const shop = await createShop()
  await createContacts(db, shop.bot, 3)
  expect((await ask(shop, { url: shop.url })).status).toBe(404)
  const answers = await Promise.all([start(shop), start(shop), start(shop, { new_bot: `@${shop.newBot}` })])
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
  const { body } = await ask(shop, { url: shop.url })
  expect(body).toMatchObject({
    old_bot_id: shop.oldBotId,
    new_bot_id: shop.newBotId,
    total: 3,
    moved: 0,
    left: 3,
    invited: 0,
  })
  expect(body).not.toHaveProperty('ended_at')
  for (let times = 0; times < 2; times++) {
    const ended = await ask(shop, { method: 'DELETE', url: shop.url })
    expect(ended).toMatchObject({ status: 200, body: { ended_at: expect.any(String), total: 3 } })
  }
  // The registrations are where they were.
  const { rows } =
    await sql`select from registrations where bot_id = ${shop.oldBotId} and status = 'active'`.execute(db)
  expect(rows).toHaveLength(3)
})

test('a bot is replaced by one other at a time, not by itself, nor by one on its own way out', async () => {
  const shop = await createShop()
  const third = await addBot(db, shop.shopId)
  const thirdName = `third_${shop.shopId}_bot`
  await sql`update bots set username = ${thirdName} where id = ${third.botId}`.execute(db)
  await start(shop)
  expect((await start(shop, { new_bot: thirdName })).status).toBe(409)
  const back = `/v1/bots/${shop.newBotId}/replacement`
  const around = await ask(shop, { method: 'POST', url: back, body: { new_bot: `old_${shop.shopId}_bot` } })
  expect(around).toMatchObject({
    status: 409,
    body: { detail: expect.stringMatching(/being replaced itself/) },
  })
  const self = await ask(shop, { method: 'POST', url: back, body: { new_bot: shop.newBot } })
  expect([self.status, errorsOf(self)]).toEqual([422, ['/new_bot the_same']])
})

test.each([
  [{}, ['/new_bot required']],
  [{ new_bot: '' }, ['/new_bot empty']],
  [{ new_bot: 7 }, ['/new_bot wrong_type']],
  [{ new_bot: 'nobodys_bot' }, ['/new_bot unknown_bot']],
  [{ new_bot: 'nobodys_bot', force: true }, ['/force unknown_field']],
])('what names no bot of the shop replaces none: %j', async (body, errors) => {
  const shop = await createShop()
  const answer = await start(shop, body)
  expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
  expect((await ask(shop, { url: shop.url })).status).toBe(404)
})

test('an archived bot takes nobody’s place', async () => {
  const shop = await createShop()
  await sql`update bots set status = 'archived' where id = ${shop.newBotId}`.execute(db)
  expect(errorsOf(await start(shop))).toEqual(['/new_bot unknown_bot'])
})

test('another shop’s bot is not there, as the old one or as the new one', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  expect((await start(shop, { new_bot: elsewhere.newBot }, elsewhere)).status).toBe(404)
  expect((await start(shop, { new_bot: elsewhere.newBot })).status).toBe(422)
  await start(shop)
  for (const method of ['GET', 'DELETE'] as const) {
    expect((await ask(elsewhere, { method, url: shop.url })).status).toBe(404)
  }
  expect((await ask(shop, { url: shop.url })).body).not.toHaveProperty('ended_at')
  const reader = await createShop('settings:read')
  expect((await start(reader)).status).toBe(403)
  expect((await ask(await createShop('contacts:write'), { url: '/v1/bots' })).status).toBe(403)
})
