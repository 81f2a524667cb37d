import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene, PUBLIC_URL } from './bot-under-test.ts'
import { addQueuedMessage, statusOf } from './queued-message.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

async function createAgreedPerson() {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  const contactId = await scene.addContact('customer-7', { email: 'ada@example.it' })
  const phone = scene.addPhone({ firstName: 'Ada', lastName: 'Lovelace' })
  phone.start(await scene.addLink(contactId))
  await phone.next()
  await phone.press('⬜ My orders')
  await waitUntil(async () => (await phone.screen()).buttons.includes('✅ My orders'))
  return { scene, process, contactId, phone }
}

test('[PASS-29] /privacy shows the policy to anybody, and offers what is known to whom something is known of', async () => {
  const { scene, process, phone } = await createAgreedPerson()
  phone.send('/privacy')
  expect(await phone.nextText()).toContain('https://faenza.example/privacy')
  expect((await phone.screen()).buttons).toEqual(['📄 My data', '🗑 Erase everything'])

  await scene.database
    .updateTable('shops')
    .set({ privacy_url: null })
    .where('id', '=', scene.shopId)
    .execute()
  await process.refresh()
  const { slug } = await scene.database
    .selectFrom('shops')
    .select('slug')
    .where('id', '=', scene.shopId)
    .executeTakeFirstOrThrow()
  const stranger = scene.addPhone()
  stranger.start('nowhere')
  await stranger.next()
  stranger.send('/privacy')
  const answer = await stranger.next()
  expect(answer.text).toContain(`${PUBLIC_URL}/o/${slug}/privacy`)
  expect(answer.inline_keyboard).toBeUndefined()
})

test('[CM-16, PASS-29] a person gets all that is known of them, as a page and as data', async () => {
  const { scene, phone } = await createAgreedPerson()
  phone.send('/privacy')
  await phone.next()
  await phone.press('📄 My data')
  const [page, data] = [await phone.next(), await phone.next()]
  expect([page.media?.file_name, data.media?.file_name]).toEqual(['my-data.html', 'my-data.json'])
  const read = ({ media }: typeof page) => scene.emulator.chats.file(media!.file_unique_id).bytes.toString()
  expect(read(page)).toContain('<!doctype html>')
  for (const text of [read(page), read(data)]) {
    expect(text).toContain('Lovelace')
    expect(text).toContain('order_updates')
  }
  expect(JSON.parse(read(data))).toMatchObject({
    contact: { external_id: 'customer-7' },
    consents: [{ purpose: 'order_updates', action: 'granted' }],
  })
})

test('however often the button is pressed at once, the files come once', async () => {
  const { process, phone } = await createAgreedPerson()
  const { tapped } = updatesOf(phone.person)
  const statuses = await Promise.all(
    Array.from({ length: 30 }, (_, index) => process.deliver(tapped(index, 'privacy:export'))),
  )
  expect(new Set(statuses)).toEqual(new Set([200]))
  await waitUntil(() => phone.heard().filter(({ media }) => media !== undefined).length >= 2)
  await process.close()
  // Pressed again when they had come, they come again.
  expect(phone.heard().filter(({ media }) => media !== undefined).length).toBeLessThan(30)
})

test('[PASS-29] erasing asks once more, then nothing is left, a goodbye is said, and START begins anew', async () => {
  const { scene, contactId, phone } = await createAgreedPerson()
  const waiting = await addQueuedMessage(scene, { contactId, purpose: 'order_updates' })
  phone.send('/privacy')
  await phone.next()
  await phone.press('🗑 Erase everything')
  expect(await phone.nextText()).toContain('cannot be undone')
  expect(await scene.registrationsOf(contactId)).toHaveLength(1)
  await phone.press('Yes, erase everything')
  expect(await phone.nextText()).toContain('This was the last message. Goodbye!')

  expect(await scene.contactOf(phone)).toBeUndefined()
  expect(await scene.contactById(contactId)).toMatchObject({
    external_id: expect.stringMatching(/^erased-/),
    first_name: null,
    email: null,
    granted_purposes: [],
    erased_at: expect.any(Date),
  })
  expect(await statusOf(scene, waiting)).toMatchObject({ status: 'suppressed', reason: 'erased' })
  const erasedChats = async () =>
    await scene.database.selectFrom('erased_chats').selectAll().where('shop_id', '=', scene.shopId).execute()
  expect(await erasedChats()).toHaveLength(1)
  // Buttons of before do nothing any more.
  await phone.press('Yes, erase everything')
  phone.send('/settings')
  expect(await phone.nextText()).toBe('Please use /start first.')

  phone.start()
  expect((await phone.next()).text).not.toContain('✅')
  const anew = await scene.contactOf(phone)
  expect(anew).toMatchObject({ origin: 'start', first_name: 'Ada', granted_purposes: [] })
  expect(anew!.id).not.toBe(contactId)
  expect(await erasedChats()).toEqual([])
})

test('who would rather keep everything keeps it', async () => {
  const { scene, contactId, phone } = await createAgreedPerson()
  phone.send('/privacy')
  await phone.next()
  await phone.press('🗑 Erase everything')
  await phone.next()
  await phone.press('No, keep it')
  expect(await phone.nextText()).toContain('everything stays as it is')
  expect(await scene.consentOf(contactId)).toEqual({ granted: ['order_updates'], withdrawn: [] })
})

test('a confirmation erases only whom it was asked about', async () => {
  const { scene, process, contactId, phone } = await createAgreedPerson()
  const other = await scene.addContact('customer-8')
  const { tapped } = updatesOf(phone.person)
  expect(await process.deliver(tapped(1, `privacy:erase:${other}`))).toBe(200)
  const stranger = scene.addPhone({ firstName: 'Mallory' })
  expect(await process.deliver(updatesOf(stranger.person).tapped(2, `privacy:erase:${contactId}`))).toBe(200)
  const { rows } = await sql`
    select from contacts where shop_id = ${scene.shopId} and erased_at is not null`.execute(scene.database)
  expect(rows).toEqual([])
})

test('what an older link still knows leads an erased person nowhere', async () => {
  const { scene, contactId, phone } = await createAgreedPerson()
  const token = await scene.addLink(contactId)
  phone.send('/privacy')
  await phone.next()
  await phone.press('🗑 Erase everything')
  await phone.next()
  await phone.press('Yes, erase everything')
  await phone.next()
  phone.start(token)
  expect(await phone.nextText()).toContain('don’t know this link')
  expect(await scene.contactOf(phone)).toBeUndefined()
})
