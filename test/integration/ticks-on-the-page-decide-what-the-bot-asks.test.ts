import { wordingFor } from '@postino/domain'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { openPageScene, type PageScene } from './optin-page.ts'

const databaseUrl = await createTestDatabase()

async function linksOf({ scene }: PageScene) {
  return await scene.database
    .selectFrom('optin_links')
    .select(['source', 'purposes', 'locale', 'evidence', 'group_id', 'contact_id', 'used_at'])
    .where('shop_id', '=', scene.shopId)
    .execute()
}

test('[CM-5, CM-6, CM-9] every purpose has its box, none ticked, with its words, the channel and its frequency', async () => {
  const { get } = await openPageScene(databaseUrl)
  const { text, status } = await get('?lang=en')
  expect(status).toBe(200)
  const boxes = text.match(/<input type="checkbox"[^>]*>/g) ?? []
  expect(boxes).toHaveLength(4)
  expect(boxes.join()).not.toMatch(/checked/)
  for (const purpose of ['order_updates', 'cart_reminders', 'reminders', 'marketing'] as const) {
    expect(text).toContain(wordingFor(purpose, 'en').title)
    expect(text).toContain(wordingFor(purpose, 'en').text)
  }
  expect(text).toContain('Bottega Faenza writes to you on Telegram, with its bot @')
})

test('[CM-2, CM-5, WEB-10, WEB-11] what is ticked, and no more, is what the bot asks; the tick alone grants nothing', async () => {
  const page = await openPageScene(databaseUrl)
  const { scene, get, post } = page
  const { version } = await get('?lang=en')
  const { token, text } = await post('', { purpose: ['order_updates', 'marketing'], lang: 'en', version })
  expect(text).toContain('Confirm what you have chosen: only then something is sent.')
  const phone = scene.addPhone()
  phone.start(token)
  const { buttons } = await phone.screen()
  expect(buttons.filter((button) => button.startsWith('⬜'))).toEqual(['⬜ My orders', '⬜ Offers and news'])

  const [link] = await linksOf(page)
  expect(link).toMatchObject({ source: 'web_form', purposes: ['order_updates', 'marketing'], locale: 'en' })
  expect(link?.used_at).not.toBeNull()
  const { contact_id: contactId } = await scene.database
    .selectFrom('registrations')
    .select('contact_id')
    .where('chat_id', '=', String(phone.person.id))
    .executeTakeFirstOrThrow()
  expect(await scene.ledgerOf(contactId)).toEqual([])
  await phone.press('⬜ My orders')
  const [entry] = await scene.ledgerOf(contactId)
  expect(entry).toMatchObject({ purpose: 'order_updates', action: 'granted' })
  expect(entry?.evidence).toMatchObject({ page_version: version, request_id: expect.any(String) })
})

test('[CM-3] the way a visitor came is kept with the link; what a page cannot know is not believed', async () => {
  const page = await openPageScene(databaseUrl)
  const { get, post } = page
  for (const source of ['qr_pos', 'email_link', 'checkout', 'import_proof', 'telegram_login', '<b>']) {
    const { version, text } = await get(`?lang=it&source=${encodeURIComponent(source)}`)
    const [, carried] = /name="source" value="(\w+)"/.exec(text) ?? []
    const fields = { purpose: 'marketing', lang: 'it', version, ...(carried && { source: carried }) }
    expect((await post('', fields)).token).toMatch(/^[\w-]{22}$/)
  }
  const links = await linksOf(page)
  expect(links.map(({ source }) => source)).toEqual([
    'qr_pos',
    'email_link',
    'checkout',
    'web_form',
    'web_form',
    'web_form',
  ])
  expect(links[0]?.evidence).toEqual({
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    page_version: expect.stringMatching(/^[0-9a-f]{16}$/),
    purposes: ['marketing'],
    wordings: [expect.stringMatching(/^[0-9a-f]{64}$/)],
  })
})

test('[CM-5] without a tick nothing is made: a sentence at the boxes says so, and has the focus', async () => {
  const page = await openPageScene(databaseUrl)
  const { version } = await page.get('?lang=it')
  const { status, text, token } = await page.post('', { lang: 'it', version })
  expect([status, token]).toEqual([422, undefined])
  expect(text).toContain('<title>Scegli')
  expect(text).toContain('<p class="error" id="error" role="alert">Spunta almeno una casella')
  expect(text).toMatch(/value="order_updates"[^>]*aria-describedby="error [^>]*aria-invalid="true" autofocus/)
  expect(await linksOf(page)).toEqual([])
})

test('[CM-6] words that changed since they were read are read again before a tick counts', async () => {
  const page = await openPageScene(databaseUrl)
  const { version } = await page.get('?lang=en')
  await page.change({ texts: { en: { intro: 'Now about something else.' } } })
  const { text, token } = await page.post('', { purpose: 'marketing', lang: 'en', version })
  expect(token).toBeUndefined()
  expect(text).toContain('These words have changed')
  expect(text).not.toContain('checked')
  expect(await linksOf(page)).toEqual([])
})

test('[CM-5] what another site sends in a visitor’s name is no tick', async () => {
  const page = await openPageScene(databaseUrl)
  const { version } = await page.get('?lang=en')
  const fields = { purpose: 'marketing', lang: 'en', version }
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]
  for (const headers of foreign) expect((await page.post('', fields, headers)).token).toBeUndefined()
  expect(await linksOf(page)).toEqual([])
  const own = { origin: page.served.url, 'sec-fetch-site': 'same-origin' }
  expect((await page.post('', fields, own)).token).toBeDefined()
})

test('purposes that the page does not offer are not to be had by it', async () => {
  const page = await openPageScene(databaseUrl)
  await page.change({ purposes: ['order_updates'] })
  const { version } = await page.get('?lang=en')
  const { status } = await page.post('', { purpose: ['marketing', 'nonsense'], lang: 'en', version })
  expect(status).toBe(422)
})

test('[WEB-13] the group of the page’s settings is joined, and still no more is asked than was ticked', async () => {
  const page = await openPageScene(databaseUrl)
  const { scene } = page
  const group = await scene.database
    .insertInto('groups')
    .values({ shop_id: scene.shopId, keyword: 'vip', name: 'VIP', purposes: ['marketing', 'messages'] })
    .returning('id')
    .executeTakeFirstOrThrow()
  await page.change({ group: 'vip' })
  const { version } = await page.get('?lang=en')
  const { token } = await page.post('', { purpose: 'order_updates', lang: 'en', version })
  expect(await linksOf(page)).toMatchObject([{ group_id: group.id }])
  const phone = scene.addPhone()
  phone.start(token)
  const { buttons } = await phone.screen()
  expect(buttons.filter((button) => button.startsWith('⬜'))).toEqual(['⬜ My orders'])
  const members = await scene.database
    .selectFrom('group_members')
    .select('source')
    .where('group_id', '=', group.id)
    .execute()
  expect(members).toEqual([{ source: 'web_form' }])
})
