import { acceptEvents, closeRegistration, markTester } from '@postino/database'
import { EXAMPLES, parseEvent } from '@postino/domain'
import { newEvent } from '@postino/ingest/accept/new-event.ts'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createContact, openTestDatabase } from './database-under-test.ts'
import { createKey } from './ingest-under-test.ts'

const { db } = await openTestDatabase()
const enqueued: string[] = []
const { ask } = await createConsoleUnderTest(db, {
  addRenderJobs: async (ids) => void enqueued.push(...ids),
})

async function createAuthor() {
  const shop = await createConsoleShop(db)
  const body = { kind: 'order.status_changed', state: 'paid', locale: 'it', content: { text: 'ok' } }
  const made = await ask(shop, { method: 'POST', url: '/v1/templates', body })
  const { id } = made.body as { id: string }
  const send = (given: object = {}) =>
    ask(shop, { method: 'POST', url: `/v1/templates/${id}/test`, body: given })
  return { shop, id, send }
}

async function addTester({ bot, shopId }: ConsoleShop) {
  const contact = await createContact(db, bot)
  await markTester(db, shopId, contact.registrationId)
  return contact
}

const detailOf = ({ body }: { body: unknown }) => (body as { detail: string }).detail

test('[PASS-21] without a tester nothing is sent, and the answer tells how to become one', async () => {
  const { shop, send } = await createAuthor()
  const customer = await createContact(db, shop.bot)
  for (const body of [{}, { external_id: customer.recipient }, { contact_id: customer.contactId }]) {
    const answer = await send(body)
    expect(answer.status).toBe(409)
    expect(detailOf(answer)).toContain('"makes_tester": true')
  }
  const nobody = await send({ external_id: 'nobody' })
  expect([nobody.status, errorsOf(nobody)]).toEqual([422, ['/external_id unknown_contact']])
  const stranger = await addTester(await createConsoleShop(db))
  expect((await send({ contact_id: stranger.contactId })).status).toBe(422)
})

test('[PASS-21] the only tester needs no name, of several one is to be named', async () => {
  const { shop, id, send } = await createAuthor()
  const one = await addTester(shop)
  const sent = await send()
  const answer = { version: 1, contact_id: one.contactId, external_id: one.recipient }
  expect(sent).toMatchObject({ status: 202, body: answer })
  expect(enqueued).toContain((sent.body as { message_id: string }).message_id)
  const two = await addTester(shop)
  expect((await send()).status).toBe(409)
  expect(await send({ external_id: two.recipient })).toMatchObject({ body: { contact_id: two.contactId } })
  await closeRegistration(db, shop.shopId, {
    registrationId: two.registrationId,
    status: 'stopped',
    reason: 'registration_stopped',
  })
  expect((await send({ external_id: two.recipient })).status).toBe(409)
  expect((await send()).status).toBe(202)
  const other = await createConsoleShop(db)
  const elsewhere = await ask(other, { method: 'POST', url: `/v1/templates/${id}/test`, body: {} })
  expect(elsewhere.status).toBe(404)
})

test('[PASS-18] what is sent is a version that is kept: no words come with the request', async () => {
  const { shop, send } = await createAuthor()
  await addTester(shop)
  expect(errorsOf(await send({ content: { text: 'free' } }))).toEqual(['/content unknown_field'])
  expect(errorsOf(await send({ text: 'free' }))).toEqual(['/text unknown_field'])
  expect((await send({ version: 2 })).status).toBe(409)
  expect((await send({ version: 1 })).status).toBe(202)
})

test('[PASS-21] a test with the shop’s last event shows what a customer did, so its key must be one that may see it', async () => {
  const { shop, id, send } = await createAuthor()
  await addTester(shop)
  expect((await send({ event: 'last' })).status).toBe(409)
  const example = EXAMPLES['order.status_changed']
  const order = { ...Object(example.data['order']), status: 'paid' }
  const event = { ...example, id: 'real-1', data: { ...example.data, order } }
  const parsed = parseEvent(event, { nowMs: Date.parse(example.time) })
  if (parsed.status === 'invalid') throw new Error('it is valid')
  await acceptEvents(db, [newEvent({ shopId: shop.shopId, receivedOver: 'http', event: parsed.event })])
  const sent = await send({ event: 'last' })
  expect(sent.status).toBe(202)
  const { message_id: messageId } = sent.body as { message_id: string }
  const { body } = await db
    .selectFrom('messages')
    .innerJoin('events', (join) =>
      join.onRef('events.shop_id', '=', 'messages.shop_id').onRef('events.id', '=', 'messages.event_id'),
    )
    .select('events.body')
    .where('messages.id', '=', messageId)
    .executeTakeFirstOrThrow()
  // An event of its own, as the shop never reported it.
  expect(body).toMatchObject({ source: '/postino', data: { order: { status: 'paid' } } })
  expect(body).not.toMatchObject({ id: 'real-1' })
  const blind = await createKey(db, shop.shopId, ['templates:write'])
  const request = { method: 'POST', url: `/v1/templates/${id}/test` } as const
  expect((await ask(blind, { ...request, body: { event: 'last' } })).status).toBe(403)
  expect((await ask(blind, { ...request, body: { event: 'example' } })).status).toBe(202)
})

test('at most 20 tests a minute are sent for a shop, and the answer says when the next may be', async () => {
  const { shop, send } = await createAuthor()
  await addTester(shop)
  const answers = await Promise.all(Array.from({ length: 25 }, () => send()))
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(20)
  const refused = answers.find(({ status }) => status === 429)
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(refused?.headers['retry-after'])).toBeLessThanOrEqual(60)
  // Another shop has its own.
  const other = await createAuthor()
  await addTester(other.shop)
  expect((await other.send()).status).toBe(202)
  await db
    .updateTable('messages')
    .set({ accepted_at: new Date(Date.now() - 61_000) })
    .where('shop_id', '=', shop.shopId)
    .execute()
  expect((await send()).status).toBe(202)
})

test('a Redis that is away, or none at all, keeps nobody from sending a test', async () => {
  const { shop, id } = await createAuthor()
  await addTester(shop)
  const url = `/v1/templates/${id}/test`
  const never = () => new Promise<never>(() => undefined)
  const broken = () => Promise.reject(new Error('connection refused'))
  for (const addRenderJobs of [undefined, never, broken]) {
    const { ask: askOther } = await createConsoleUnderTest(db, { addRenderJobs })
    expect((await askOther(shop, { method: 'POST', url, body: {} })).status).toBe(202)
  }
})
