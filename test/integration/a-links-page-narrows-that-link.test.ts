import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { openPageScene, type PageScene } from './optin-page.ts'

const databaseUrl = await createTestDatabase()

async function openLinkPage(more: Parameters<PageScene['scene']['addLink']>[1] = {}) {
  const page = await openPageScene(databaseUrl)
  const contactId = await page.scene.addContact('customer-7')
  const token = await page.scene.addLink(contactId, {
    purposes: ['order_updates', 'documents', 'marketing'],
    ...more,
  })
  return { ...page, contactId, token, path: `/${token}` }
}

test('[WEB-11, CM-2] the page of a customer’s link offers its purposes; ticks narrow that very link', async () => {
  const { scene, get, post, path, token, contactId } = await openLinkPage()
  const { text, version } = await get(`${path}?lang=en`)
  expect(text.match(/type="checkbox"/g)).toHaveLength(3)
  expect(text).toContain('My documents')
  const answer = await post(path, { purpose: ['documents'], lang: 'en', version })
  expect(answer.token).toBe(token)

  const phone = scene.addPhone()
  phone.start(token)
  const { buttons } = await phone.screen()
  expect(buttons.filter((button) => button.startsWith('⬜'))).toEqual(['⬜ My documents'])
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'active' }])
})

test('who comes back may choose otherwise, of all that was offered and nothing more', async () => {
  const { get, post, path, scene, token } = await openLinkPage()
  const evidence = JSON.stringify({ request_id: 'of the shop' })
  await scene.database
    .updateTable('optin_links')
    .set({ evidence })
    .where('shop_id', '=', scene.shopId)
    .execute()
  const { version } = await get(`${path}?lang=en`)
  await post(path, { purpose: ['documents'], lang: 'en', version })
  expect((await get(`${path}?lang=en`)).text.match(/type="checkbox"/g)).toHaveLength(3)
  const again = await post(path, {
    purpose: ['marketing', 'order_updates', 'reminders'],
    lang: 'en',
    version,
  })
  expect(again.token).toBe(token)
  const link = await scene.database
    .selectFrom('optin_links')
    .selectAll()
    .where('shop_id', '=', scene.shopId)
    .executeTakeFirst()
  expect(link).toMatchObject({ purposes: ['order_updates', 'marketing'], locale: 'en', source: 'web_form' })
  expect(link?.evidence).toMatchObject({
    page_version: version,
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    link_request_id: 'of the shop',
    offered: ['order_updates', 'documents', 'marketing'],
  })
})

test('a link that is used, expired, revoked, another shop’s or nobody’s shows no choice and nothing of its person', async () => {
  const { scene, get, post, path, token, contactId } = await openLinkPage()
  const { version } = await get(`${path}?lang=en`)
  const phone = scene.addPhone()
  phone.start(token)
  await phone.screen()
  const used = await get(`${path}?lang=en`)
  expect(used.status).toBe(410)
  expect(used.text).toContain('This link has been used')
  const late = await post(path, { purpose: 'marketing', lang: 'en', version })
  expect([late.status, late.token]).toEqual([410, undefined])

  const expired = await scene.addLink(contactId, { expiresInSeconds: -1 })
  expect((await get(`/${expired}?lang=en`)).text).toContain('This link has expired')
  const revoked = await scene.addLink(contactId)
  await scene.database
    .updateTable('optin_links')
    .set({ revoked_at: new Date() })
    .where('used_at', 'is', null)
    .execute()
  expect((await get(`/${revoked}?lang=en`)).text).toContain('This link has expired')
  expect((await get(`/${'x'.repeat(22)}?lang=en`)).status).toBe(404)
  const other = await openLinkPage()
  expect((await other.get(path)).status).toBe(404)
})

test('the page of a link speaks its language first, then the browser’s', async () => {
  const { scene, get, path } = await openLinkPage()
  const headers = { 'accept-language': 'uk' }
  expect((await get(path, headers)).text).toContain('<html lang="uk">')
  await scene.database
    .updateTable('optin_links')
    .set({ locale: 'it-IT' })
    .where('shop_id', '=', scene.shopId)
    .execute()
  expect((await get(path, headers)).text).toContain('<html lang="it">')
  expect((await get(`${path}?lang=en`, headers)).text).toContain('<html lang="en">')
})
