import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotScene } from './bot-under-test.ts'

const databaseUrl = await createTestDatabase()

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  return scene
}

test('[PASS-24] a link for testers makes the chat a tester’s and says so with a test message', async () => {
  const scene = await createScene()
  const phone = scene.addPhone()
  phone.start(await scene.addLink(undefined, { makesTester: true, purposes: ['order_updates'] }))
  expect(await phone.nextText()).toMatch(/test message.*one of the testers of Bottega Faenza/)
  expect((await phone.next()).inline_keyboard).toBeDefined()
  const rows = await scene.database
    .selectFrom('registrations')
    .select(['is_tester as isTester', 'offered_purposes as offered'])
    .where('shop_id', '=', scene.shopId)
    .execute()
  expect(rows).toEqual([{ isTester: true, offered: ['order_updates'] }])
})

test('[CM-3] a tap after a link proves by which link and which request the person came', async () => {
  const scene = await createScene()
  const contactId = await scene.addContact('customer-7')
  const phone = scene.addPhone()
  const evidence = { request_id: 'req-1', page_version: 3, purposes: ['order_updates'] }
  phone.start(await scene.addLink(contactId, { source: 'checkout', evidence }))
  await phone.next()
  await phone.press('⬜ My orders')
  const [entry] = await scene.ledgerOf(contactId)
  expect(entry).toMatchObject({
    source: 'bot_dialog',
    evidence: { request_id: 'req-1', page_version: 3, link_source: 'checkout', link_id: expect.any(String) },
  })
  expect(entry!.evidence).not.toHaveProperty('purposes')
})
