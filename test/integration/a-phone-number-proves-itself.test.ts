import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()
const NUMBER = '+393471234567'
const SHARE = '📱 Share my phone number'

/** Somebody who pressed START and was asked for the number. */
async function createAskedPerson(phoneNumber = NUMBER) {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  const phone = scene.addPhone({ phoneNumber })
  phone.start()
  await phone.next()
  const stranger = (await scene.contactOf(phone))!
  await phone.press(SHARE)
  expect(await phone.nextText()).toContain('With your phone number Bottega Faenza finds you')
  expect(phone.keyboard()).toEqual([SHARE, 'Rather not'])
  return { scene, process, phone, stranger }
}

test('[BEY-9] the number shared by the button is kept as the person’s own, and the button goes away', async () => {
  const { scene, phone, stranger } = await createAskedPerson()
  phone.share()
  expect(await phone.nextText()).toContain('your number is noted')
  expect(phone.keyboard()).toEqual([])
  expect(await scene.contactById(stranger.id)).toMatchObject({
    phone: NUMBER,
    phone_verified_at: expect.any(Date),
    merged_into: null,
  })
  // Asked once: the offer is gone.
  phone.send('/settings')
  await waitUntil(() => phone.heard().length === 4)
  expect((await phone.screen()).buttons).not.toContain(SHARE)
})

test('[BEY-9, WEB-18] the number leads to the one contact the shop knows under it', async () => {
  const { scene, phone, stranger } = await createAskedPerson()
  const contactId = await scene.addContact('employee-12', { phone: NUMBER })
  // As some of Telegram's apps write it.
  phone.share({ phone_number: NUMBER.slice(1), first_name: 'Ada', user_id: phone.person.id })
  expect(await phone.nextText()).toContain('Bottega Faenza has found you by your number')
  expect((await scene.contactOf(phone))?.id).toBe(contactId)
  expect(await scene.contactById(contactId)).toMatchObject({ phone_verified_at: expect.any(Date) })
  expect(await scene.contactById(stranger.id)).toMatchObject({ merged_into: contactId })
  const merges = await scene.merges()
  expect(merges).toMatchObject([{ matched_by: 'phone' }])
  expect(JSON.stringify(merges)).not.toContain(NUMBER.slice(1))
})

test('[BEY-9] with several contacts of one number nobody is merged', async () => {
  const { scene, phone, stranger } = await createAskedPerson()
  for (const externalId of ['a', 'b']) await scene.addContact(externalId, { phone: NUMBER })
  phone.share()
  expect(await phone.nextText()).toContain('your number is noted')
  expect((await scene.contactOf(phone))?.id).toBe(stranger.id)
})

test('[BEY-9] a contact the shop knows already proves the number and stays who it is', async () => {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  const contactId = await scene.addContact('a', { phone: '+390000001' })
  await scene.addContact('b', { phone: NUMBER })
  const phone = scene.addPhone({ phoneNumber: NUMBER })
  phone.start(await scene.addLink(contactId))
  await phone.next()
  await phone.press(SHARE)
  await phone.next()
  phone.share()
  expect(await phone.nextText()).toContain('your number is noted')
  expect(await scene.contactById(contactId)).toMatchObject({ phone: NUMBER, merged_into: null })
})

test.each([
  ['the card of somebody else', { phone_number: '+390000002', first_name: 'Bob', user_id: 777 }],
  ['a card of nobody on Telegram', { phone_number: NUMBER, first_name: 'Ada' }],
])('[BEY-10] %s is refused in a sentence, and the button stays', async (_name, card) => {
  const { scene, phone, stranger } = await createAskedPerson()
  await scene.addContact('victim', { phone: card.phone_number })
  phone.share(card)
  expect(await phone.nextText()).toContain('not your own number')
  expect(await scene.contactById(stranger.id)).toMatchObject({ phone: null, phone_verified_at: null })
  expect((await scene.contactOf(phone))?.id).toBe(stranger.id)
  expect(phone.keyboard()).toContain(SHARE)
})

test('[BEY-10] an old card of one’s own, passed on, proves nothing', async () => {
  const { scene, process, phone, stranger } = await createAskedPerson()
  await scene.addContact('who-has-the-number-now', { phone: NUMBER })
  const { message, ...update } = updatesOf(phone.person).command(1, Math.floor(Date.now() / 1_000), 'x')
  const { text: _text, entities: _entities, ...empty } = message
  const contact = { phone_number: NUMBER, first_name: 'Ada', user_id: phone.person.id }
  const forward_origin = { type: 'user', sender_user: message.from, date: 1 }
  expect(await process.deliver({ ...update, message: { ...empty, contact, forward_origin } })).toBe(200)
  expect(await phone.nextText()).toContain('not your own number')
  expect((await scene.contactOf(phone))?.id).toBe(stranger.id)
})

test('a number nobody can read is not kept', async () => {
  const { scene, phone, stranger } = await createAskedPerson()
  phone.share({ phone_number: 'none', first_name: 'Ada', user_id: phone.person.id })
  expect(await phone.nextText()).toContain('cannot read this number')
  expect(await scene.contactById(stranger.id)).toMatchObject({ phone: null })
})

test('who would rather not keeps the number, and the buttons go away', async () => {
  const { scene, phone, stranger } = await createAskedPerson()
  phone.send('Rather not')
  expect(await phone.nextText()).toContain('your number stays with you')
  expect(phone.keyboard()).toEqual([])
  expect(await scene.contactById(stranger.id)).toMatchObject({ phone: null })
})

test('a chat that has not begun shares nothing', async () => {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  const phone = scene.addPhone({ phoneNumber: NUMBER })
  phone.start('nowhere')
  await phone.next()
  phone.share({ phone_number: NUMBER, first_name: 'Ada', user_id: phone.person.id })
  expect(await phone.nextText()).toBe('Please use /start first.')
  expect(await scene.contacts()).toEqual([])
})
