import { insertOptinLink, upsertContact } from '@postino/database'
import { wordingFor, type Purpose } from '@postino/domain'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createPhone, type Phone } from './phone.ts'
import { createStage } from './pipeline-under-test.ts'

// Everything that runs: the bot, what renders and what sends.
const stage = await createStage()
const { database, emulator, shopId } = stage
const bot = await stage.addBot()
stage.startRenderer()
stage.startSender()
await stage.startProcess('bot')

const QUESTION = /would like to write to you/
const titleOf = (purpose: Purpose) => wordingFor(purpose, 'en').title

/** A customer who pressed START in a link of the shop, and was asked. */
async function createAskedCustomer(externalId: string): Promise<Phone> {
  const { id: contactId } = await upsertContact(database, shopId, { externalId })
  const link = {
    purposes: ['order_updates', 'cart_reminders'] as const,
    source: 'checkout',
    expiresInSeconds: 60,
  }
  const { token } = await insertOptinLink(database, shopId, { ...link, botId: bot.botId, contactId })
  const view = emulator.bots.get(bot.telegramId)
  const phone = createPhone(emulator, view, emulator.people.add({ language_code: 'en' }))
  phone.start(token)
  await waitUntil(() => phone.heard().some(({ text }) => QUESTION.test(text ?? '')))
  return phone
}

/** Tells of an order (lane 0) or of a cart (lane 1), and answers what became of it. */
async function tell(externalId: string, text: string, lane: 0 | 1 = 0): Promise<string> {
  const [message] = await stage.waitForEnd(await stage.accept([{ to: { externalId }, text, lane }]))
  return message?.reason === null ? message.status : `${message?.status}: ${message?.reason}`
}

function textsOf(phone: Phone): string[] {
  return phone.heard().map(({ text }) => text ?? '')
}

test('[CM-1, WEB-8] without an opt-in nothing is sent, START or not; a tap lets it through', async () => {
  const phone = await createAskedCustomer('ada')
  expect(await tell('ada', 'order 1')).toBe('suppressed: no_consent')
  await phone.press(`⬜ ${titleOf('order_updates')}`)
  expect(await tell('ada', 'order 2')).toBe('sent')
  expect(textsOf(phone)).not.toContain('order 1')
  expect(textsOf(phone)).toContain('order 2')
})

test('[CM-12] consent to one kind of news lets no other through', async () => {
  const phone = await createAskedCustomer('bea')
  await phone.press(`⬜ ${titleOf('order_updates')}`)
  expect(await tell('bea', 'cart 1', 1)).toBe('suppressed: no_consent')
  await phone.press(`⬜ ${titleOf('cart_reminders')}`)
  expect(await tell('bea', 'cart 2', 1)).toBe('sent')
  await waitUntil(async () => (await phone.screen()).buttons.includes(`✅ ${titleOf('cart_reminders')}`))
  await phone.press(`✅ ${titleOf('cart_reminders')}`)
  expect(await tell('bea', 'cart 3', 1)).toBe('suppressed: consent_withdrawn')
  expect(await tell('bea', 'order 3')).toBe('sent')
})

test('[CM-13] with consent, too, only a published template is sent', async () => {
  const phone = await createAskedCustomer('cara')
  for (const purpose of ['order_updates', 'cart_reminders'] as const)
    await phone.press(`⬜ ${titleOf(purpose)}`)
  const templates = database
    .selectFrom('templates')
    .select('id')
    .where('shop_id', '=', shopId)
    .where('state', '=', '')
  const { id: orders } = await templates.where('kind', '=', 'order.status_changed').executeTakeFirstOrThrow()
  const content = JSON.stringify({ text: 'A draft: {{ order.id }}', buttons: [], silent: false })
  await database
    .insertInto('template_versions')
    .values({ shop_id: shopId, template_id: orders, version: 2, status: 'draft', content })
    .execute()
  expect(await tell('cara', 'order 4')).toBe('sent')
  expect(textsOf(phone)).toContain('order 4')

  const { id: carts } = await templates.where('kind', '=', 'cart.abandoned').executeTakeFirstOrThrow()
  const versions = database.updateTable('template_versions').where('template_id', '=', carts)
  await versions.set({ status: 'draft' }).execute()
  expect(await tell('cara', 'cart 4', 1)).toBe('failed: no_template')
  await versions.set({ status: 'published' }).execute()
})

test('[PASS-28] after STOP nothing comes, not even what rests on the contract; START alone changes nothing', async () => {
  const shops = database.updateTable('shops').where('id', '=', shopId)
  await shops.set({ contract_purposes: ['order_updates'] }).execute()
  // The bot looks every two seconds at what has changed of its shops.
  const phone = await createAskedCustomer('dora')
  await waitUntil(async () => {
    phone.send('/settings')
    return (await phone.screen()).buttons.includes(`📄 ${titleOf('order_updates')}`)
  })
  expect(await tell('dora', 'order 5')).toBe('sent')
  phone.send('Basta!')
  await waitUntil(() => textsOf(phone).some((text) => text.startsWith('Done:')))
  expect(await tell('dora', 'order 6')).toBe('suppressed: registration_stopped')
  phone.start()
  await waitUntil(() => QUESTION.test(textsOf(phone).at(-1) ?? ''))
  expect(await tell('dora', 'order 7')).toBe('suppressed: consent_withdrawn')
  expect(textsOf(phone)).not.toContain('order 6')
})

test('[PASS-28] what rests on the contract ends with a tap, too, before any STOP', async () => {
  const phone = await createAskedCustomer('emma')
  expect(await tell('emma', 'order 8')).toBe('sent')
  expect(await phone.press(`📄 ${titleOf('order_updates')}`)).toMatchObject({
    text: `Switched off: ${titleOf('order_updates')}`,
  })
  expect(await tell('emma', 'order 9')).toBe('suppressed: consent_withdrawn')
  await waitUntil(async () => (await phone.screen()).buttons.includes(`⬜ ${titleOf('order_updates')}`))
})
