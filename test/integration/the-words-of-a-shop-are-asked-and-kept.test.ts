import { insertShopWording } from '@postino/database'
import { PURPOSES, wordingFor, wordingHash } from '@postino/domain'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'

const databaseUrl = await createTestDatabase()

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  const contactId = await scene.addContact('customer-7')
  const phone = scene.addPhone({ language: 'en' })
  const say = async (title: string, text: string) => {
    const words = { purpose: 'marketing', locale: 'en', title, text } as const
    await insertShopWording(scene.database, scene.shopId, words)
    await process.refresh()
  }
  return { scene, process, contactId, phone, say }
}

async function keptBy({ database, shopId }: Awaited<ReturnType<typeof createScene>>['scene']) {
  return await database
    .selectFrom('wordings')
    .select(['purpose', 'hash', 'version', 'title', 'is_default as isDefault'])
    .where('shop_id', '=', shopId)
    .orderBy('version')
    .execute()
}

test('[CM-9] the question says who writes, that it is on Telegram, and of each purpose what comes and how often', async () => {
  const { scene, contactId, phone } = await createScene()
  phone.start(await scene.addLink(contactId))
  const question = await phone.nextText()
  expect(question).toMatch(/^👋 Bottega Faenza would like to write to you here on Telegram/)
  for (const purpose of PURPOSES) {
    const { title, text } = wordingFor(purpose, 'en')
    expect(question).toContain(`⬜ ${title}\n${text}`)
  }
})

test('[CM-6] a tap agrees to the shop’s own words, which are kept with it', async () => {
  const { scene, contactId, phone, say } = await createScene()
  await say('Our cheeses', 'On Telegram we tell you once a month which cheese is ripe.')
  phone.start(await scene.addLink(contactId, { purposes: ['marketing', 'messages'] }))
  expect(await phone.nextText()).toContain('⬜ Our cheeses\nOn Telegram we tell you once a month')
  await phone.press('⬜ Our cheeses')
  await phone.press('⬜ My messages')
  const ledger = await scene.ledgerOf(contactId)
  const kept = await keptBy(scene)
  expect(ledger.map(({ purpose, wording_hash: hash }) => ({ purpose, hash }))).toEqual([
    { purpose: 'marketing', hash: kept.find(({ title }) => title === 'Our cheeses')?.hash },
    { purpose: 'messages', hash: wordingHash(wordingFor('messages', 'en')) },
  ])
  expect(kept).toMatchObject([
    { purpose: 'messages', isDefault: true },
    { purpose: 'marketing', isDefault: false },
  ])
})

test('[CM-6] words that change while they stand on the screen are read again before anybody agrees to them', async () => {
  const { scene, contactId, phone, say } = await createScene()
  await say('Our cheeses', 'On Telegram we tell you once a month which cheese is ripe.')
  phone.start(await scene.addLink(contactId, { purposes: ['marketing'] }))
  await phone.next()
  await say('Our cheeses', 'On Telegram we tell you every day which cheese is ripe.')
  expect(await phone.press('⬜ Our cheeses')).toMatchObject({
    text: expect.stringContaining('have changed'),
    isAlert: true,
  })
  expect(await scene.ledgerOf(contactId)).toEqual([])
  await waitUntil(async () => (await phone.screen()).text.includes('every day'))
  await phone.press('⬜ Our cheeses')
  const [entry] = await scene.ledgerOf(contactId)
  expect(entry?.wording_hash).toBe((await keptBy(scene)).at(-1)?.hash)
})

test('[CM-15] who has chosen is told what comes, how often, and how to leave', async () => {
  const { scene, contactId, phone } = await createScene()
  phone.start(await scene.addLink(contactId, { purposes: ['order_updates', 'marketing'] }))
  await phone.next()
  await phone.press('⬜ Offers and news')
  await phone.press('Done')
  const confirmation = await phone.nextText()
  const { title, text } = wordingFor('marketing', 'en')
  expect(confirmation).toContain(`✅ ${title}\n${text}`)
  expect(confirmation).toMatch(/no more than one message a week/)
  expect(confirmation).toContain('/stop')
  expect(confirmation).not.toContain(wordingFor('order_updates', 'en').title)
})
