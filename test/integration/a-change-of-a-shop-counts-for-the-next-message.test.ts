import assert from 'node:assert/strict'
import {
  changeShop,
  finishRendering,
  inTransaction,
  loadMessagesToRender,
  loadShopsToRender,
  publishContent,
  rollBack,
  unpublish,
  type Database,
  type ShopChange,
} from '@postino/database'
import { createShopCache, textKey } from '@postino/renderer/shop-cache.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  accept,
  beginTurn,
  claimIds,
  CONTENT,
  createBot,
  createContact,
  openDatabase,
  openTestDatabase,
  render,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()
const SHIPPED = { kind: 'order.status_changed', state: 'shipped', locale: 'it' } as const
const judge = () => ({ findings: [], checkerVersion: 1 })

/** What a renderer of its own knows of shops. */
function createCache(database: Database) {
  return createShopCache({ load: (wanted) => loadShopsToRender(database, wanted), policyOf: () => ({}) })
}

async function createScene() {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const [id = ''] = await accept(db, bot, [{ ...contact, state: 'shipped' }])
  const { shopId } = bot

  async function publish(text: string): Promise<string> {
    const written = { template: SHIPPED, content: { text, buttons: [], silent: false } }
    const publication = await publishContent(db, shopId, written, judge)
    assert(publication?.status === 'published')
    return publication.template.id
  }

  /** What the message is rendered with when it is loaded now. */
  async function look(findShops: ReturnType<typeof createCache>, database = db) {
    const messages = await loadMessagesToRender(database, [id])
    const shop = (await findShops(messages)).get(shopId)
    assert(shop !== undefined)
    const [text] = shop.texts.get(textKey(SHIPPED)) ?? []
    return { settings: shop.settings, text: text?.content.text, asked: messages[0]?.shopRevision }
  }

  return { bot, contact, shopId, id, publish, look }
}

test('[PASS-20] whatever is done to a text counts for the next message, in every renderer', async () => {
  const { shopId, publish, look } = await createScene()
  const renderers = [createCache(db), createCache(openDatabase(url, 2))]
  const texts = async () => await Promise.all(renderers.map(async (cache) => (await look(cache)).text))
  expect(await texts()).toEqual([undefined, undefined])
  const id = await publish('one')
  expect(await texts()).toEqual(['one', 'one'])
  await publish('two')
  expect(await texts()).toEqual(['two', 'two'])
  await rollBack(db, shopId, { template: { id }, version: 1 }, judge)
  expect(await texts()).toEqual(['one', 'one'])
  await unpublish(db, shopId, { template: { id } })
  expect(await texts()).toEqual([undefined, undefined])
  await publish('three')
  expect(await texts()).toEqual(['three', 'three'])
  await inTransaction(db, async (trx) => {
    await sql`delete from template_versions where shop_id = ${shopId} and template_id = ${id}`.execute(trx)
    await sql`delete from templates where shop_id = ${shopId} and id = ${id}`.execute(trx)
  })
  expect(await texts()).toEqual([undefined, undefined])
})

test('what a shop says of its messages counts for the next one, in every renderer', async () => {
  const { shopId, look } = await createScene()
  const renderers = [createCache(db), createCache(openDatabase(url, 2))]
  const quietHours = { from: '21:00', until: '08:00' }
  const changes: [ShopChange, object][] = [
    [{ contractPurposes: [] }, { contractPurposes: [] }],
    [{ contractPurposes: ['messages', 'reminders'] }, { contractPurposes: ['messages', 'reminders'] }],
    [{ quietHours }, { quietHours }],
    [{ quietHours: undefined }, { quietHours: null }],
    [{ managedOrderStates: ['paid'] }, { managedOrderStates: ['paid'] }],
    [{ attachmentPolicy: { pdf: 5 } }, { attachmentPolicy: { pdf: 5 } }],
  ]
  for (const [change, settings] of changes) {
    await changeShop(db, shopId, change)
    for (const cache of renderers) expect((await look(cache)).settings).toMatchObject(settings)
  }
})

test('while texts are published one after the other, nobody goes back to an older one, and none is missed', async () => {
  const { publish, look } = await createScene()
  const LAST = 40
  let committed = 0
  async function publishAll(): Promise<void> {
    for (let version = 1; version <= LAST; version++) {
      await publish(String(version))
      committed = version
    }
  }
  async function lookOn(): Promise<void> {
    const cache = createCache(db)
    let newest = 0
    async function lookUntilLast(database: Database): Promise<void> {
      for (let seen = 0; seen < LAST;) {
        const before = committed
        const { text, settings, asked = Infinity } = await look(cache, database)
        seen = Number(text ?? 0)
        expect(seen).toBeGreaterThanOrEqual(Math.max(before, newest))
        expect(settings.revision).toBeGreaterThanOrEqual(asked)
        newest = seen
      }
    }
    await Promise.all([lookUntilLast(db), lookUntilLast(db), lookUntilLast(db)])
  }
  await Promise.all([publishAll(), lookOn(), lookOn()])
})

test('publishing and rendering never wait for each other', async () => {
  const { bot, contact, shopId, id, publish, look } = await createScene()
  await publish('before')
  const { epoch } = (await beginTurn(db, bot, 0))!
  // The shop's row is held until this is committed.
  await inTransaction(db, async (trx) => {
    const content = { text: 'to come', buttons: [], silent: false }
    await publishContent(trx, shopId, { template: SHIPPED, content }, judge)
    expect((await look(createCache(db))).text).toBe('before')
    const [other = ''] = await accept(db, bot, [contact])
    await render(db, [id, other])
    expect(await claimIds(db, { ...bot, epoch })).toEqual([id])
  })
  const [next = ''] = await accept(db, bot, [contact])
  await inTransaction(db, async (trx) => {
    const [message] = await loadMessagesToRender(trx, [next])
    const { contactId, registrationId, chatId } = contact
    const target = { contactId, registrationId, botId: bot.botId, chatId }
    const text = { templateId: '1', templateVersion: 1, content: CONTENT }
    await finishRendering(trx, [{ status: 'queued', id: message!.id, ...target, ...text }])
    await publish('after')
  })
})
