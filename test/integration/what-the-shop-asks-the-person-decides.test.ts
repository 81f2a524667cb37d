import assert from 'node:assert/strict'
import { API_KEY_SCOPES, createGroup } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { beginTurn, claimIds, RESEND_AFTER_MS } from './database-under-test.ts'
import { createKey } from './ingest-under-test.ts'
import { addQueuedMessage, statusOf } from './queued-message.ts'

const databaseUrl = await createTestDatabase()

/** A shop that is managed over HTTP, and its bot that talks with people. */
async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  const { ask } = await createConsoleUnderTest(scene.database)
  const shop = await createKey(scene.database, scene.shopId, API_KEY_SCOPES)
  const process = await scene.serve('webhook')
  const get = async (url: string) => (await ask(shop, { url })).body as Record<string, unknown>
  const post = async (url: string, body: unknown) =>
    (await ask(shop, { method: 'POST', url, body })).body as Record<string, unknown>
  const makeLink = async (body: object) => {
    const { id, url } = await post('/v1/optin-links', { ...body, qr: false })
    return { id: String(id), token: String(url).split('=')[1] ?? '' }
  }
  return { scene, process, get, post, makeLink, phone: scene.addPhone() }
}

test('[CM-2, CM-6, WEB-11] a link made over HTTP asks in the shop’s own words, and the tap is in the ledger with them', async () => {
  const { scene, process, get, post, makeLink, phone } = await createScene()
  const contactId = await scene.addContact('ada')
  const words = {
    purpose: 'messages',
    locale: 'en',
    title: 'Letters of the shop',
    text: 'We write on Telegram when we have answered you. Once each time.',
  }
  await post('/v1/wordings', words)
  await process.refresh()
  const link = await makeLink({ external_id: 'ada', purposes: ['messages'], source: 'checkout' })
  phone.start(link.token)
  const question = await phone.next()
  expect(question.text).toContain(words.text)
  expect(await get(`/v1/consents?contact=${contactId}`)).toEqual({ items: [] })
  await phone.press('⬜ Letters of the shop')
  await waitUntil(async () => (await phone.screen()).buttons.includes('✅ Letters of the shop'))

  const [registration] = await scene.database
    .selectFrom('registrations')
    .select('id')
    .where('contact_id', '=', contactId)
    .execute()
  expect(await get(`/v1/optin-links/${link.id}`)).toMatchObject({
    status: 'used',
    registration_id: registration?.id,
  })
  expect(await get(`/v1/consents?contact=${contactId}`)).toMatchObject({
    items: [
      {
        action: 'granted',
        actor: 'contact',
        locale: 'en',
        wording: { title: words.title, text: words.text },
      },
    ],
  })
})

test('[WEB-19, WEB-28] a group’s link brings whoever comes into the group, and they count when they agree', async () => {
  const { scene, get, makeLink, phone } = await createScene()
  const { database, shopId } = scene
  const group = await createGroup(database, shopId, { keyword: 'vip', name: 'VIP', purposes: ['marketing'] })
  const reach = () => get(`/v1/groups/${group?.id}/reach?purpose=marketing`)
  expect(await reach()).toMatchObject({ total: 0 })
  const { token } = await makeLink({ group: 'vip', source: 'qr_pos' })
  phone.start(token)
  await phone.screen()
  expect(await reach()).toMatchObject({ total: 1, reachable: 1, consenting: 0 })
  await phone.press('⬜ Offers and news')
  await waitUntil(async () => (await reach())['consenting'] === 1)
  expect(await get(`/v1/groups/${group?.id}/members`)).toMatchObject({
    items: [{ external_id: expect.stringMatching(/^tg-/), source: 'qr_pos' }],
  })
  phone.send('STOP vip')
  await waitUntil(async () => (await reach())['total'] === 0)
  expect(await get('/v1/reach?purpose=marketing')).toMatchObject({ total: 1, consenting: 1 })
})

test('[PASS-27] a withdrawal over HTTP stops what waits, and the bot shows it', async () => {
  const { scene, post, makeLink, phone } = await createScene()
  const contactId = await scene.addContact('ada')
  const { token } = await makeLink({ contact_id: contactId, purposes: ['messages'] })
  phone.start(token)
  await phone.next()
  await phone.press('⬜ My messages')
  await waitUntil(async () => (await phone.screen()).buttons.includes('✅ My messages'))
  const waiting = await addQueuedMessage(scene, { contactId, purpose: 'messages' })
  await post('/v1/consents/withdrawals', { external_id: 'ada', purpose: 'messages' })
  phone.send('/settings')
  await waitUntil(async () => (await phone.screen()).buttons.includes('⬜ My messages'))
  const bot = { shopId: scene.shopId, botId: scene.bot.rowId }
  const turn = await beginTurn(scene.database, bot, RESEND_AFTER_MS)
  assert(turn !== undefined)
  expect(await claimIds(scene.database, { ...bot, epoch: turn.epoch })).toEqual([])
  expect(await statusOf(scene, waiting)).toEqual({ status: 'suppressed', reason: 'consent_withdrawn' })
})
