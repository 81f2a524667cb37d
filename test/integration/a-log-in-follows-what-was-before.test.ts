import { once } from 'node:events'
import { request } from 'node:http'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { openLoginScene, readBinding } from './login-page.ts'

const databaseUrl = await createTestDatabase()

test('whoever had left is back by logging in, with what they ticked now and nothing of before', async () => {
  const login = await openLoginScene(databaseUrl)
  const { scene, phone } = login
  await login.logIn(['order_updates', 'marketing'])
  await phone.nextText()
  phone.send('/stop')
  await phone.nextText()
  // Telegram counts whole seconds, and of one second the chat's own word is the last.
  await sql`update registrations set status_update_at = status_update_at - interval '2 seconds'
    where shop_id = ${scene.shopId}`.execute(scene.database)
  expect((await login.logIn(['reminders'])).status).toBe(200)
  const { registrations, contactId } = await readBinding(login)
  expect(registrations).toMatchObject([{ status: 'active' }])
  const contact = await scene.database
    .selectFrom('contacts')
    .select('granted_purposes')
    .where('id', '=', contactId ?? '')
    .executeTakeFirstOrThrow()
  expect(contact.granted_purposes).toEqual(['reminders'])
})

test('of a STOP and a log-in in the same second the STOP stands, and the link is still good', async () => {
  const login = await openLoginScene(databaseUrl)
  const { scene, phone } = login
  await login.logIn(['order_updates'])
  await phone.nextText()
  phone.send('/stop')
  await phone.nextText()
  await sql`update registrations set status_update_at = now() + interval '5 seconds'
    where shop_id = ${scene.shopId}`.execute(scene.database)
  const seen = await login.logIn(['marketing'])
  expect([seen.status, seen.text.match(/<h1>([^<]*)/)?.[1]]).toEqual([400, 'The log-in did not work'])
  expect((await readBinding(login)).registrations).toMatchObject([{ status: 'stopped' }])
  const open = await scene.database
    .selectFrom('optin_links')
    .select('id')
    .where('shop_id', '=', scene.shopId)
    .where('used_at', 'is', null)
    .execute()
  expect(open).toHaveLength(1)
})

test('any process finishes what another one began', async () => {
  const login = await openLoginScene(databaseUrl)
  const another = await login.scene.serve('webhook')
  const { location, cookie } = await login.begin(await login.tick(['marketing']))
  const back = new URL(await login.allow(location))
  // As it arrives behind a balancer: under the name that all of them share.
  const asked = request(`${another.url}${back.pathname}${back.search}`, {
    headers: { host: back.host, cookie },
  })
  asked.end()
  const [response] = await once(asked, 'response')
  response.resume()
  expect(response.statusCode).toBe(200)
  expect((await readBinding(login)).ledger.map(({ purpose }) => purpose)).toEqual(['marketing'])
})
