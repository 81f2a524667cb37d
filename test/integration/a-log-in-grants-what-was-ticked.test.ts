import { wordingFor, wordingHash } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { openLoginScene, readBinding } from './login-page.ts'

const databaseUrl = await createTestDatabase()

test('[CM-2, CM-3, CM-5] whoever logs in has agreed to what they ticked, with its proof, and the bot says so', async () => {
  const login = await openLoginScene(databaseUrl)
  const { scene, phone, provider } = login
  const seen = await login.logIn(['order_updates', 'marketing'])
  expect([seen.status, seen.text.match(/<h1>[^<]*/)?.[0]]).toEqual([200, '<h1>Thank you, that was all'])
  expect(seen.text).toContain('My orders')
  expect(seen.headers.get('set-cookie')).toMatch(/^postino_login=; .*Max-Age=0;/)

  const { registrations, ledger, contactId } = await readBinding(login)
  expect(registrations).toMatchObject([{ status: 'active', source: 'web_form' }])
  expect(
    ledger.map(({ purpose, action, source, actor, locale }) => [purpose, action, source, actor, locale]),
  ).toEqual([
    ['order_updates', 'granted', 'telegram_login', 'contact', 'en'],
    ['marketing', 'granted', 'telegram_login', 'contact', 'en'],
  ])
  expect(ledger[0]).toMatchObject({
    wording_hash: wordingHash(wordingFor('order_updates', 'en')),
    evidence: {
      bot_id: scene.bot.rowId,
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      login_request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      page_version: expect.stringMatching(/^[0-9a-f]{16}$/),
      details_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  })
  const details = await sql<{ details: object }>`
    select details from consent_details where consent_id = ${ledger[0]?.id}`.execute(scene.database)
  expect(details.rows[0]?.details).toMatchObject({
    iss: provider.issuer,
    sub: 'opaque-7',
    iat: expect.any(Number),
    jti: expect.any(String),
    visitor: { ip: '127.0.0.1', nonce: expect.any(String) },
  })
  const words = await scene.database
    .selectFrom('wordings')
    .select('purpose')
    .where('shop_id', '=', scene.shopId)
    .execute()
  expect(words.map(({ purpose }) => purpose).toSorted()).toEqual(['marketing', 'order_updates'])

  const said = await phone.nextText()
  expect(said).toContain('From now on Bottega Faenza will write to you')
  expect(said).toContain('Offers and news')
  expect(said).toContain('/stop')
  phone.send('/stop')
  expect(await phone.nextText()).toContain('will not write to you any more')
  const ended = await scene.ledgerOf(contactId ?? '')
  expect(ended.filter(({ action }) => action === 'withdrawn').length).toBeGreaterThanOrEqual(2)
})

test('what is asked of Telegram is what is needed, by code and PKCE, and nothing secret is in any address', async () => {
  const login = await openLoginScene(databaseUrl)
  const token = await login.tick(['marketing'])
  const { seen, location, cookie } = await login.begin(token)
  expect(seen.status).toBe(303)
  expect(seen.headers.get('set-cookie')).toMatch(
    new RegExp(
      `^postino_login=[\\w-]{43}; Path=/o/${login.slug}/login; Max-Age=600; HttpOnly; SameSite=Lax$`,
    ),
  )
  const asked = new URL(location).searchParams
  expect(Object.fromEntries(asked)).toMatchObject({
    client_id: 'client-77',
    response_type: 'code',
    scope: 'openid profile phone telegram:bot_access',
    code_challenge_method: 'S256',
    redirect_uri: `${login.url}/login/callback`,
  })
  expect(location).not.toContain(token)
  expect(location).not.toContain(cookie.split('=')[1])
  expect(asked.get('state')).not.toContain(asked.get('nonce'))
})

test('[WEB-18] by the verified number the shop’s own contact is found, and what was ticked is theirs', async () => {
  const login = await openLoginScene(databaseUrl)
  const { scene, phone } = login
  const known = await scene.addContact('customer-9')
  const number = phone.person.phone_number
  await scene.database
    .updateTable('contacts')
    .set({ phone: number.startsWith('+') ? number : `+${number}` })
    .where('id', '=', known)
    .execute()
  await login.logIn(['marketing'])
  const { registrations, ledger } = await readBinding(login)
  expect(registrations).toMatchObject([{ status: 'active', contact_id: known }])
  expect(
    ledger.filter(({ action }) => action === 'granted').map(({ purpose, source }) => [purpose, source]),
  ).toEqual([['marketing', 'telegram_login']])
  const merges = await scene.database
    .selectFrom('contact_merges')
    .selectAll()
    .where('into_contact_id', '=', known)
    .execute()
  expect(merges).toMatchObject([
    { matched_by: 'phone', actor: 'contact', evidence: { login_request_id: expect.any(String) } },
  ])
})

test('[WEB-11] a link of the shop’s is used up by the log-in, for its contact', async () => {
  const login = await openLoginScene(databaseUrl)
  const { scene } = login
  const contactId = await scene.addContact('customer-10')
  const token = await scene.addLink(contactId, { purposes: ['order_updates', 'documents'] })
  await login.tick(['documents'], `/${token}`)
  const { location, cookie } = await login.begin(token)
  expect((await login.finish(await login.allow(location), cookie)).status).toBe(200)
  const { registrations, ledger } = await readBinding(login)
  expect(registrations).toMatchObject([{ contact_id: contactId }])
  expect(ledger.map(({ purpose }) => purpose)).toEqual(['documents'])
})

test('a token signed with ES256 is as good, and silence about scopes means all of them', async () => {
  const login = await openLoginScene(databaseUrl)
  login.provider.answer = { ...login.provider.answer, algorithm: 'ES256', scope: null }
  expect((await login.logIn(['marketing'])).status).toBe(200)
  expect((await readBinding(login)).ledger).toHaveLength(1)
})

test('words that changed between tick and log-in are asked again in the chat, not granted', async () => {
  const login = await openLoginScene(databaseUrl)
  const { scene, phone, served } = login
  const token = await login.tick(['marketing', 'order_updates'])
  const { location, cookie } = await login.begin(token)
  const changed = {
    ...wordingFor('marketing', 'en'),
    version: 9,
    text: 'Offers by Telegram, every single day.',
  }
  await sql`insert into wordings (shop_id, hash, purpose, locale, version, title, text, is_default) values (${scene.shopId},
    ${wordingHash(changed)}, 'marketing', 'en', 9, ${changed.title}, ${changed.text}, false)`.execute(
    scene.database,
  )
  await served.refresh()
  expect((await login.finish(await login.allow(location), cookie)).status).toBe(200)
  expect((await readBinding(login)).ledger.map(({ purpose }) => purpose)).toEqual(['order_updates'])
  const { buttons, text } = await phone.screen()
  expect(buttons.slice(0, 2)).toEqual(['✅ My orders', '⬜ Offers and news'])
  expect(text).toContain('every single day')
})
