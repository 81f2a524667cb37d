import {
  acceptEvents,
  findLastEvent,
  insertTestMessage,
  saveDraft,
  upsertContact,
  type TestMessage,
} from '@postino/database'
import { EXAMPLES, parseEvent, templateContentSchema } from '@postino/domain'
import { newEvent } from '@postino/ingest/accept/new-event.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createBot, createContact, openTestDatabase, waitForBlocked } from './database-under-test.ts'

const { db } = await openTestDatabase()

/** A test with the last event of a shop, which is about one of its customers. */
async function createScene() {
  const bot = await createBot(db)
  const { shopId } = bot
  const example = EXAMPLES['order.status_changed']
  const parsed = parseEvent(example, { nowMs: Date.parse(example.time) })
  if (parsed.status === 'invalid') throw new Error('it is valid')
  await acceptEvents(db, [newEvent({ shopId, receivedOver: 'http', event: parsed.event })])
  const { id: contactId } = await upsertContact(db, shopId, { externalId: 'customer-2071' })
  const name = { kind: 'order.status_changed', state: '', locale: 'it' } as const
  const content = templateContentSchema.parse({ text: 'x' })
  const judge = () => ({ checkerVersion: 1, findings: [] })
  const saved = await saveDraft(db, shopId, { template: name, content }, judge)
  const event = await findLastEvent(db, shopId, { kind: name.kind })
  if (saved === undefined || event === undefined) throw new Error('both are there')
  const message: TestMessage = {
    templateId: saved.template.id,
    version: 1,
    recipient: (await createContact(db, bot)).recipient,
    event,
    isReported: true,
    state: 'shipped',
    purpose: 'order_updates',
    lane: 0,
  }
  /** Does to the event what an erasure does, in its order, while a test is asked for. */
  async function eraseMeanwhile(body: object) {
    const { pending } = await db.transaction().execute(async (trx) => {
      await sql`select from contacts where id = ${contactId} for update`.execute(trx)
      const asked = insertTestMessage(db, shopId, message)
      await waitForBlocked(db)
      await sql`update events set body = ${JSON.stringify(body)}::jsonb where shop_id = ${shopId}`.execute(
        trx,
      )
      return { pending: asked }
    })
    return await pending
  }
  const bodies = async () =>
    (await db.selectFrom('events').select('body').where('shop_id', '=', shopId).execute()).map(({ body }) =>
      JSON.stringify(body),
    )
  return { shopId, message, eraseMeanwhile, bodies, event }
}

test('an erasure under way is waited for, and an event without data is not sent', async () => {
  const { event, eraseMeanwhile, bodies } = await createScene()
  const { data: _data, ...left } = event
  expect(await eraseMeanwhile(left)).toEqual({ status: 'no_event' })
  expect((await bodies()).join()).not.toContain('Giulia')
})

test('of an event that tells others, too, what the erasure left is copied', async () => {
  const { event, eraseMeanwhile, bodies } = await createScene()
  const masked = { ...event, data: { ...event.data, customer: { external_id: 'erased-1' } } }
  expect(await eraseMeanwhile(masked)).toMatchObject({ status: 'accepted' })
  expect(await bodies()).toHaveLength(2)
  expect((await bodies()).join()).not.toContain('Giulia')
})

test('without an erasure it is copied as it is', async () => {
  const { shopId, message, bodies } = await createScene()
  expect(await insertTestMessage(db, shopId, message)).toMatchObject({ status: 'accepted' })
  for (const body of await bodies()) expect(body).toContain('Giulia')
})
