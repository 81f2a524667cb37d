import { closeRegistration } from '@postino/database'
import { PURPOSES } from '@postino/domain'
import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene, type BotScene } from './bot-under-test.ts'
import type { Phone } from './phone.ts'
import { addQueuedMessage, statusOf } from './queued-message.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

/** Somebody who has agreed to news of orders and to offers. */
async function createAgreedPerson() {
  const scene = await createBotScene({ databaseUrl })
  const contactId = await scene.addContact('ada')
  const phone = scene.addPhone()
  const process = await scene.serve('webhook')
  phone.start(await scene.addLink(contactId))
  await phone.next()
  for (const button of ['⬜ My orders', '⬜ Offers and news']) await phone.press(button)
  return { scene, contactId, phone, process }
}

const EVERYTHING = { granted: [], withdrawn: [...PURPOSES] }

const WAYS: [string, (phone: Phone) => void, string, string][] = [
  ['/stop', (phone) => phone.send('/stop'), 'stopped', 'bot_dialog'],
  ['/STOP, typed by hand', (phone) => phone.send('/STOP'), 'stopped', 'bot_dialog'],
  ['the word Basta!', (phone) => phone.send('Basta!'), 'stopped', 'bot_dialog'],
  ['blocking the bot', (phone) => phone.block(), 'blocked', 'telegram_block'],
]

describe.each(WAYS)('%s', (_way, leave, status, source) => {
  test('[PASS-27, PASS-28, WEB-20] ends the registration, what waits, and every purpose, with proof', async () => {
    const { scene, contactId, phone } = await createAgreedPerson()
    const messageId = await addQueuedMessage(scene, { contactId, purpose: 'order_updates' })
    leave(phone)
    await waitUntil(async () => (await scene.registrationsOf(contactId))[0]?.status === status)
    expect(await statusOf(scene, messageId)).toEqual({
      status: 'suppressed',
      reason: `registration_${status}`,
    })
    expect(await scene.consentOf(contactId)).toEqual(EVERYTHING)
    const withdrawals = (await scene.ledgerOf(contactId)).slice(2)
    expect(withdrawals.map(({ purpose }) => purpose)).toEqual([...PURPOSES])
    for (const entry of withdrawals) {
      expect(entry).toMatchObject({ action: 'withdrawn', source, actor: 'contact' })
      expect(entry.evidence).toMatchObject({
        bot_id: scene.bot.rowId,
        update_id: expect.any(Number),
      })
    }
  })

  test('[WEB-21] and START asks again with nothing on', async () => {
    const { scene, contactId, phone } = await createAgreedPerson()
    leave(phone)
    await waitUntil(async () => (await scene.registrationsOf(contactId))[0]?.status === status)
    const said = phone.heard().length
    phone.start()
    const question = await waitUntil(() =>
      phone
        .heard()
        .slice(said)
        .find((one) => one.inline_keyboard),
    )
    expect(question.text).not.toContain('✅')
    expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'active' }])
    expect(await scene.consentOf(contactId)).toEqual(EVERYTHING)
  })
})

test('unblocking alone gives nothing back', async () => {
  const { scene, contactId, phone } = await createAgreedPerson()
  phone.block()
  await waitUntil(async () => (await scene.registrationsOf(contactId))[0]?.status === 'blocked')
  phone.unblock()
  phone.send('/stop')
  await waitUntil(() => phone.heard().at(-1)?.text?.startsWith('You get no messages'))
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'blocked' }])
  expect(await scene.consentOf(contactId)).toEqual(EVERYTHING)
})

/** What the sender does when Telegram answers it that the bot is blocked. */
async function closeAsSender({ database, shopId }: BotScene, contactId: string): Promise<void> {
  const { id } = await database
    .selectFrom('registrations')
    .select('id')
    .where('contact_id', '=', contactId)
    .executeTakeFirstOrThrow()
  await closeRegistration(database, shopId, {
    registrationId: id,
    status: 'blocked',
    reason: 'registration_blocked',
  })
}

test('a block that the sender has noticed first ends every purpose all the same', async () => {
  const { scene, contactId, phone } = await createAgreedPerson()
  await closeAsSender(scene, contactId)
  phone.block()
  await waitUntil(async () => (await scene.consentOf(contactId)).granted.length === 0)
  expect(await scene.consentOf(contactId)).toEqual(EVERYTHING)
})

test('a block that only the sender has noticed gives nothing back with START', async () => {
  const { scene, contactId, phone } = await createAgreedPerson()
  await closeAsSender(scene, contactId)
  const said = phone.heard().length
  phone.start()
  const question = await waitUntil(() =>
    phone
      .heard()
      .slice(said)
      .find((one) => one.inline_keyboard),
  )
  expect(question.text).not.toContain('✅')
  expect(await scene.consentOf(contactId)).toEqual(EVERYTHING)
})

test('a tap under way in another process never outlives /stop', async () => {
  const { scene, contactId, phone, process } = await createAgreedPerson()
  const other = await scene.serve('webhook')
  const { command, tapped } = updatesOf(phone.person)
  const { message } = await phone.screen()
  const grants = message
    .inline_keyboard!.flat()
    .filter(({ callback_data: data }) => data?.includes(':grant:'))
  const nowSeconds = Math.floor(Date.now() / 1_000) + 10
  for (let round = 1; round <= 10; round++) {
    const id = round * 100
    expect(await process.deliver(command(id, nowSeconds + round, '/start'))).toBe(200)
    const statuses = await Promise.all([
      ...grants.map(({ callback_data: data }, index) => other.deliver(tapped(id + 1 + index, data!))),
      process.deliver(command(id + 50, nowSeconds + round, '/stop')),
    ])
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect((await scene.consentOf(contactId)).granted).toEqual([])
  }
})
