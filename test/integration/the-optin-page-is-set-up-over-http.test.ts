import { createGroup, findOptinPage, type ApiKeyScope } from '@postino/database'
import { optinPageSchema } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

const createShop = (...scopes: ApiKeyScope[]) =>
  createConsoleShop(db, scopes.length === 0 ? undefined : scopes)

async function put(shop: ConsoleShop, body: unknown) {
  return await ask(shop, { method: 'PUT', url: '/v1/optin-page', body })
}

async function nameBot({ bot }: ConsoleShop, username: string): Promise<void> {
  await sql`update bots set username = ${username} where id = ${bot.botId}`.execute(db)
}

test('[WEB-13, WEB-14] a page nobody has set up has its defaults, and an address', async () => {
  const { status, body } = await ask(await createShop(), { url: '/v1/optin-page' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ is_published: true, settings: optinPageSchema.parse({}) })
  expect((body as { url: string }).url).toMatch(/^https:\/\/bot\.example\/o\/shop-\d+$/)
})

test('[WEB-13, WEB-14] name, logo, colours, texts, languages and purposes are the shop’s to say', async () => {
  const shop = await createShop()
  await nameBot(shop, 'bottega_bot')
  await createGroup(db, shop.shopId, { keyword: 'vip', name: 'VIP' })
  const settings = {
    name: 'Bottega',
    logo_url: 'https://faenza.example/logo.svg',
    accent_color: '#7a1f1f',
    background_color: '#fff8f0',
    purposes: ['order_updates', 'marketing'],
    locales: ['it', 'en'],
    group: 'vip',
    bot: 'Bottega_Bot',
    texts: { it: { title: 'I tuoi ordini su Telegram', button: 'Apri Telegram' } },
  }
  const answer = await put(shop, { is_published: false, settings })
  expect(answer).toMatchObject({ status: 200, body: { is_published: false, settings } })
  expect((await ask(shop, { url: '/v1/optin-page' })).body).toEqual(answer.body)
  const { slug } = await db
    .selectFrom('shops')
    .select('slug')
    .where('id', '=', shop.shopId)
    .executeTakeFirstOrThrow()
  expect(await findOptinPage(db, slug)).toMatchObject({ isPublished: false, settings })
  // What is left out has its default again.
  expect((await put(shop, { settings: {} })).body).toMatchObject({
    is_published: true,
    settings: optinPageSchema.parse({}),
  })
})

test.each([
  [{}, ['/settings required']],
  [{ settings: { accent_color: 'red' } }, ['/settings/accent_color invalid']],
  [{ settings: { accent_color: '#ffff00' } }, ['/settings/accent_color invalid']],
  [{ settings: { background_color: '#000000' } }, ['/settings/background_color invalid']],
  [{ settings: { logo_url: 'http://faenza.example/logo.svg' } }, ['/settings/logo_url invalid']],
  [{ settings: { logo_url: 'javascript:alert(1)' } }, ['/settings/logo_url invalid_url']],
  [{ settings: { purposes: [] } }, ['/settings/purposes empty']],
  [{ settings: { locales: ['de'] } }, ['/settings/locales/0 not_allowed']],
  [{ settings: { texts: { it: { body: 'x' } } } }, ['/settings/texts/it/body unknown_field']],
  [{ settings: { name: 'x'.repeat(65) } }, ['/settings/name too_long']],
  [{ settings: { group: 'nobodys' } }, ['/settings/group unknown_group']],
  [{ settings: { group: 'Not Kept So' } }, ['/settings/group invalid']],
  [{ settings: { bot: 'nobodys_bot' } }, ['/settings/bot unknown_bot']],
  [{ settings: { css: 'x' } }, ['/settings/css unknown_field']],
  [{ settings: {}, slug: 'mine' }, ['/slug unknown_field']],
])('what makes no page is refused by the place, and the page stays: %j', async (body, errors) => {
  const shop = await createShop()
  const before = await ask(shop, { url: '/v1/optin-page' })
  const answer = await put(shop, body)
  expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
  expect((await ask(shop, { url: '/v1/optin-page' })).body).toEqual(before.body)
})

test('another shop’s bot and group are none of this one’s, and its page stays as it is', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  await nameBot(shop, 'ours_alone_bot')
  await createGroup(db, shop.shopId, { keyword: 'vip', name: 'VIP' })
  for (const settings of [{ bot: 'ours_alone_bot' }, { group: 'vip' }]) {
    expect((await put(elsewhere, { settings })).status).toBe(422)
  }
  await put(shop, { settings: { name: 'Ours' } })
  expect((await ask(elsewhere, { url: '/v1/optin-page' })).body).not.toMatchObject({
    settings: { name: 'Ours' },
  })
})

test('of two who set it up at once one has the last word, whole', async () => {
  const shop = await createShop()
  const pages = [
    { name: 'One', purposes: ['messages'] },
    { name: 'Two', purposes: ['documents'] },
  ]
  await Promise.all(pages.map((settings) => put(shop, { settings })))
  const { settings } = (await ask(shop, { url: '/v1/optin-page' })).body as { settings: { name: string } }
  expect(settings).toMatchObject(pages.find(({ name }) => name === settings.name)!)
})

test('settings are read and written by keys that may', async () => {
  expect((await ask(await createShop('contacts:write'), { url: '/v1/optin-page' })).status).toBe(403)
  expect((await put(await createShop('settings:read'), { settings: {} })).status).toBe(403)
})
