import {
  acceptEvents,
  addGroupMembers,
  createGroup,
  eraseContact,
  forgetErasure,
  insertConsents,
  insertOptinLink,
  insertStarterTemplates,
  listErasedChats,
  listEventTrails,
  mergeContacts,
  setBotStatus,
  upsertContact,
  verifyConsents,
} from '@postino/database'
import { EXAMPLES, type EventKind, type ShopEvent } from '@postino/domain'
import { newEvent } from '@postino/ingest/accept/new-event.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { typeCommand } from './command-line.ts'
import { dumpPostgres, dumpRedis, expireRedis, listLifetimes } from './everything-stored.ts'
import { createIngestUnderTest, createKey } from './ingest-under-test.ts'
import { createStage } from './pipeline-under-test.ts'

const stage = await createStage()
const { database, shopId, emulator } = stage

/** Nothing else in the world is called so. */
const MARKS = {
  externalId: 'kunde-XQ71',
  firstName: 'Zwetlana',
  lastName: 'Quastenflosser',
  phone: '+4915755500071',
  email: 'zwetlana@quastenflosser.example',
  attribute: 'attribute-WZ34',
  birthday: '--02-29',
  telegramName: 'Zwetanka',
  username: 'zwetanka_qf',
  proof: 'form-KR88',
  note: 'note-PL55',
  file: 'rechnung-TD21.pdf',
  extra: 'extra-NM62',
  described: 'description-BV09',
  former: 'frueher-YC13',
} as const
const CHAT = 7_312_345_678
const OTHER_CHAT = 7_398_765_432

const WORDS = [...Object.values(MARKS), String(CHAT), String(OTHER_CHAT)]

function leftIn(lines: string[]): string[] {
  return lines.filter((line) => WORDS.some((word) => line.includes(word)))
}

const PERSON = {
  external_id: MARKS.externalId,
  name: { first: MARKS.firstName, last: MARKS.lastName },
  phone: MARKS.phone,
  email: MARKS.email,
}

let events = 0
function eventOf(
  kind: EventKind,
  data: Record<string, unknown>,
  more: Record<string, unknown> = {},
): ShopEvent {
  events += 1
  const example = EXAMPLES[kind]
  // Each about an order of its own, or the newer would take the place of the older.
  const order = { ...Object(EXAMPLES['order.status_changed'].data['order']), id: `order-${events}` }
  // The examples are valid events, and what is changed of them keeps its type.
  return {
    ...example,
    id: `event-${events}`,
    data: { ...example.data, ...(kind === 'order.status_changed' && { order }), ...data },
    ...more,
  } as unknown as ShopEvent
}

/** Accepts an event as ingest does; answers its messages. */
async function report(event: ShopEvent): Promise<{ eventId: string; ids: string[] }> {
  const [accepted] = await acceptEvents(database, [newEvent({ shopId, receivedOver: 'http', event })])
  return {
    eventId: event.id,
    ids: accepted!.status === 'accepted' ? accepted!.messages.map(({ id }) => id) : [],
  }
}

async function addTemplates() {
  const texts = {
    'file.uploaded': '{{ actor.name.first }} {{ actor.name.last }}: {{ file.name }}',
    'message.created': '{{ sender.name.first }} {{ sender.name.last }}: {{ message.subject }}',
    'message.read': '{{ recipient.name.first }} {{ message.subject }}',
  }
  await insertStarterTemplates(
    database,
    shopId,
    Object.entries(texts).map(([kind, text]) => ({
      kind,
      state: '',
      locale: 'en',
      content: { text, buttons: [[{ text: 'Seen', action: 'seen' }]], silent: false },
    })),
  )
  await sql`
    update shops set contract_purposes = '{order_updates,messages,documents}' where id = ${shopId}`.execute(
    database,
  )
}

/** Somebody of whom everything is kept that can be, under two contacts and in two chats. */
async function addEverything(bot: { botId: string; telegramId: number }) {
  const { id: contactId } = await upsertContact(database, shopId, {
    externalId: MARKS.externalId,
    firstName: MARKS.firstName,
    lastName: MARKS.lastName,
    phone: MARKS.phone,
    email: MARKS.email,
  })
  await sql`
    update contacts set birthday = ${MARKS.birthday}, attributes = ${JSON.stringify({ tier: MARKS.attribute })}
    where id = ${contactId}`.execute(database)
  const link = { botId: bot.botId, contactId, purposes: ['order_updates'] as const, source: 'web_form' }
  const { token } = await insertOptinLink(database, shopId, {
    ...link,
    email: MARKS.email,
    expiresInSeconds: 600,
  })
  await insertOptinLink(database, shopId, { ...link, expiresInSeconds: 600 })
  emulator.people.add({
    id: CHAT,
    first_name: MARKS.telegramName,
    username: MARKS.username,
    phone_number: MARKS.phone,
  })
  emulator.people.start(CHAT, { bot: bot.telegramId, parameter: token })
  await waitUntil(() => findRegistration(CHAT), { timeoutMs: 20_000 })
  const proof = { source: 'api', actor: 'shop', evidence: { obtained_at: '2026-01-01' } }
  await insertConsents(database, shopId, contactId, [
    { purpose: 'cart_reminders', action: 'granted', ...proof, details: { reference: MARKS.proof } },
  ])
  const group = await createGroup(database, shopId, {
    keyword: 'klub',
    name: 'Klub',
    isOpen: true,
    purposes: [],
  })
  if (group === undefined) throw new Error('there is such a group already')
  await addGroupMembers(database, shopId, {
    groupId: group.id,
    externalIds: [MARKS.externalId],
    source: 'api',
  })
  return contactId
}

async function findRegistration(chatId: number) {
  return await database
    .selectFrom('registrations')
    .select('contact_id as contactId')
    .where('chat_id', '=', String(chatId))
    .executeTakeFirst()
}

async function mergeFormer(contactId: string, formerId: string) {
  await sql`
    update contacts set external_id = ${MARKS.former}, phone = ${MARKS.phone} where id = ${formerId}`.execute(
    database,
  )
  await database.transaction().execute((trx) =>
    mergeContacts(trx, shopId, {
      fromContactId: formerId,
      intoContactId: contactId,
      matchedBy: 'operator',
      actor: 'operator',
      evidence: { request_id: 'r1' },
    }),
  )
}

test('[U10, CM-4, WEB-24] after an erasure nothing of the person is in Postgres, Redis or the logs, and others get what is theirs', async () => {
  await addTemplates()
  const [bot, quiet] = [await stage.addBot(), await stage.addBot()]
  const other = await stage.addPerson(bot)
  const processes = [
    await stage.startProcess('bot', { PORT: '0' }),
    await stage.startProcess('renderer'),
    await stage.startProcess('sender'),
  ]
  const OTHER = { external_id: other.externalId, name: { first: 'Olga', last: 'Ivanova' } }
  const contactId = await addEverything(bot)
  emulator.people.add({ id: OTHER_CHAT })
  emulator.people.start(OTHER_CHAT, { bot: quiet.telegramId })
  const former = await waitUntil(() => findRegistration(OTHER_CHAT), { timeoutMs: 20_000 })
  await mergeFormer(contactId, former.contactId)

  // What was sent, to the person and to somebody else.
  const { admins: _admins, ...folder } = Object(EXAMPLES['file.uploaded'].data['folder'])
  const file = { ...Object(EXAMPLES['file.uploaded'].data['file']), name: MARKS.file }
  const told = [
    await report(
      eventOf(
        'order.status_changed',
        {
          order: { ...Object(EXAMPLES['order.status_changed'].data['order']), id: MARKS.note },
          customer: PERSON,
          note: MARKS.note,
        },
        { subject: MARKS.externalId },
      ),
    ),
    await report(eventOf('file.uploaded', { folder: { ...folder, admins: [PERSON] }, actor: OTHER, file })),
    await report(eventOf('message.created', { sender: PERSON, recipient: OTHER })),
    await report(
      eventOf('order.status_changed', {
        customer: PERSON,
        to: [PERSON, OTHER],
        extra: { who: MARKS.externalId, call: MARKS.phone },
      }),
    ),
    await report(eventOf('order.status_changed', { customer: { external_id: MARKS.former } })),
  ]
  const ids = told.flatMap((each) => each.ids)
  await stage.enqueue(ids)
  expect((await stage.waitForEnd(ids)).map(({ status }) => status)).toEqual(ids.map(() => 'sent'))
  // As of a call before the one that delivered.
  await sql`
    insert into attempts (shop_id, message_id, epoch, started_at, ended_at, outcome, description)
    values (${shopId}, ${told[0]!.ids[0]}, 0, now(), now(), 'server_error', ${MARKS.described})`.execute(
    database,
  )

  // What waits: in the queue, under way, for its renderer; for the person and for somebody else.
  await setBotStatus(database, shopId, { botId: bot.botId, status: 'paused' })
  const queued = [
    await report(eventOf('order.status_changed', { customer: PERSON, note: MARKS.note })),
    await report(eventOf('order.status_changed', { customer: PERSON, extra: { what: MARKS.extra } })),
    await report(eventOf('message.read', { sender: OTHER, recipient: PERSON })),
  ]
  const queuedIds = queued.flatMap((each) => each.ids)
  await stage.enqueue(queuedIds)
  await waitUntil(async () =>
    (await stage.readMessages(queuedIds)).every(({ status }) => status === 'queued'),
  )
  const [, underWay = ''] = queuedIds
  await sql`update messages set status = 'sending', epoch = 0, claimed_at = now() where id = ${underWay}`.execute(
    database,
  )
  const accepted = [
    await report(eventOf('order.status_changed', { customer: PERSON })),
    await report(eventOf('message.created', { sender: PERSON, recipient: OTHER })),
  ]

  const before = await dumpPostgres(database)
  for (const word of WORDS) expect(leftIn(before.filter((line) => line.includes(word))), word).not.toEqual([])

  const erasure = await eraseContact(database, shopId, contactId, { actor: 'test' })
  expect(erasure).toMatchObject({ status: 'erased', contacts: 2, registrations: 2, messages: 7, events: 10 })
  expect(leftIn(await dumpPostgres(database))).toEqual([])
  expect(await eraseContact(database, shopId, contactId, { actor: 'test' })).toEqual({
    status: 'already_erased',
  })
  expect(await verifyConsents(database, { shopId })).toMatchObject({ faultCount: 0 })

  // Whoever else was to be told is told, without the name.
  await setBotStatus(database, shopId, { botId: bot.botId, status: 'active' })
  // The call under way is recorded by whoever made it: a-message-under-way-is-erased-for-good.
  const rest = [...queuedIds.filter((id) => id !== underWay), ...accepted.flatMap((each) => each.ids)]
  await stage.enqueue(accepted.flatMap((each) => each.ids))
  await stage.wake(bot)
  const ended = await stage.waitForEnd(rest, { timeoutMs: 30_000 })
  expect(ended.map(({ status, reason }) => [status, reason])).toEqual([
    ['suppressed', 'erased'],
    ['sent', null],
    ['suppressed', 'erased'],
    ['sent', null],
  ])
  expect(stage.textsOf(other).at(-1)).toMatch(/^… …: /)
  expect(leftIn(await dumpPostgres(database))).toEqual([])

  // Turns remember for three minutes to which chats they wrote; nothing else is in Redis.
  for (const word of WORDS)
    for (const leftMs of await listLifetimes(stage.redisUrl, word)) {
      expect(leftMs).toBeGreaterThan(0)
      expect(leftMs).toBeLessThanOrEqual(180_000)
    }
  await expireRedis(stage.redisUrl)
  expect(leftIn(await dumpRedis(stage.redisUrl))).toEqual([])
  for (const process of processes)
    expect(leftIn([...process.stdout().split('\n'), ...process.stderr().split('\n')])).toEqual([])

  // The trail still tells what happened, over HTTP and at a terminal.
  const { app } = await createIngestUnderTest(database)
  const { headers } = await createKey(database, shopId, ['events:read'])
  for (const { eventId } of [...told, ...queued, ...accepted]) {
    expect(await listEventTrails(database, shopId, { eventId })).toHaveLength(1)
    const answer = await app.inject({ url: `/v1/events/${eventId}`, headers })
    expect(answer.statusCode).toBe(200)
  }
  const { slug } = await database.selectFrom('shops').select('slug').executeTakeFirstOrThrow()
  const explained = await typeCommand(['explain', told[0]!.eventId, '--shop', slug], stage.env)
  expect(explained).toMatchObject({ code: 0, out: expect.stringContaining('called Telegram') })

  // No import writes to the chat again, until its person presses START.
  expect(await listErasedChats(database, shopId, [String(CHAT), '5'])).toEqual([String(CHAT)])
  expect(await forgetErasure(database, shopId, CHAT)).toBe(true)
  expect(await listErasedChats(database, shopId, [String(CHAT)])).toEqual([])
}, 90_000)
