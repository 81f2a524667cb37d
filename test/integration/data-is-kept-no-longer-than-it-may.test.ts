import {
  acceptEvents,
  clearOldBatch,
  insertConsents,
  insertOptinLink,
  insertTelegramUpdate,
  listEventTrails,
  verifyConsents,
} from '@postino/database'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { clearAll } from './clear-all.ts'
import {
  beginTurn,
  claim,
  createBot,
  createContact,
  findMessage,
  newEvent,
  openTestDatabase,
  queue,
  record,
  render,
  type TestBot,
  type TestContact,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

interface Scene {
  bot: TestBot
  contact: TestContact
}

async function createScene(): Promise<Scene> {
  const bot = await createBot(db)
  return { bot, contact: await createContact(db, bot) }
}

const BODY = { id: 'e', type: 'order.status_changed', source: '/test', time: '2026-01-01T00:00:00Z' }

/** One that told the contact so many days ago, in the order of time; with its messages ended unless it is said to be open. */
async function addEvent(
  { bot, contact }: Scene,
  { daysAgo, isOpen = false }: { daysAgo: number; isOpen?: boolean },
) {
  const event = newEvent(bot.shopId, [contact], { body: { ...BODY, data: { note: 'about Ada' } } })
  const [accepted] = await acceptEvents(db, [event])
  const messageId = accepted!.status === 'accepted' ? accepted!.messages[0]!.id : ''
  await render(db, [messageId])
  // One moment for the event, its key and its messages.
  const then = sql`${new Date(Date.now() - daysAgo * 86_400_000)}::timestamptz`
  await sql`
    update messages set accepted_at = ${then}, queued_at = ${then}, status = ${isOpen ? 'queued' : 'sent'},
      detail = 'about Ada', ended_at = case when ${!isOpen} then ${then} end where id = ${messageId}`.execute(
    db,
  )
  for (const table of ['events', 'event_keys'])
    await sql`
      update ${sql.table(table)} set accepted_at = ${then}
      where shop_id = ${bot.shopId} and event_id = ${event.eventId}`.execute(db)
  await sql`
    insert into attempts (shop_id, message_id, epoch, started_at, ended_at, outcome)
    values (${bot.shopId}, ${messageId}, 1, ${then}, ${then}, 'sent')`.execute(db)
  await sql`
    insert into button_presses (shop_id, bot_id, update_id, message_id, action, pressed_at)
    values (${bot.shopId}, ${bot.botId}, ${messageId}, ${messageId}, 'yes', ${then})`.execute(db)
  return { event, messageId }
}

/** History is changed here, instead of waiting for years: what is done is to be looked at again. */
async function forgetMarks(): Promise<void> {
  await sql`update retention_marks set up_to = null`.execute(db)
}

// All shops are cleared together: each test begins without what others left.
beforeEach(async () => {
  await sql`
    truncate messages, attempts, button_presses, events, event_keys, needed_events, consent_details,
      retention_marks`.execute(db)
})

async function bodyOf({ bot }: Scene, eventId: string) {
  const [trail] = await listEventTrails(db, bot.shopId, { eventId })
  return trail?.body
}

test('[CM-4, PASS-29] the data of events goes when its time is over; what was reported stays known', async () => {
  const scene = await createScene()
  const old = await addEvent(scene, { daysAgo: 31 })
  const young = await addEvent(scene, { daysAgo: 29 })
  expect(await clearAll(db, 'event_data', 30)).toBe(1)
  expect(await bodyOf(scene, old.event.eventId)).toEqual({ ...BODY, removed: 'retention' })
  expect(await bodyOf(scene, young.event.eventId)).toEqual(JSON.parse(young.event.body))
  expect(await clearAll(db, 'event_data', 30)).toBe(0)
})

test('an event that comes again after its data is gone gets its first answer; another one under its id is refused', async () => {
  const scene = await createScene()
  const { event, messageId } = await addEvent(scene, { daysAgo: 31 })
  await clearAll(db, 'event_data', 30)
  expect(await acceptEvents(db, [event])).toMatchObject([
    { status: 'accepted', fresh: false, messages: [{ id: messageId }] },
  ])
  expect(await acceptEvents(db, [{ ...event, fingerprint: 'another' }])).toMatchObject([
    { status: 'conflict' },
  ])
})

test('[CM-4] the texts of messages go, the facts stay', async () => {
  const scene = await createScene()
  const old = await addEvent(scene, { daysAgo: 91 })
  const young = await addEvent(scene, { daysAgo: 89 })
  expect(await clearAll(db, 'message_content', 90)).toBe(1)
  expect(await findMessage(db, old.messageId)).toMatchObject({ content: null, detail: null, status: 'sent' })
  expect(await findMessage(db, young.messageId)).toMatchObject({
    content: expect.anything(),
    detail: 'about Ada',
  })
})

test('[CM-4] in the end the facts go, too, with calls and presses, and then the events', async () => {
  const scene = await createScene()
  const old = await addEvent(scene, { daysAgo: 731 })
  const young = await addEvent(scene, { daysAgo: 729 })
  expect(await clearAll(db, 'events', 730)).toBe(0)
  expect(await clearAll(db, 'messages', 730)).toBe(1)
  expect(await clearAll(db, 'events', 730)).toBe(1)
  expect(await bodyOf(scene, old.event.eventId)).toBeUndefined()
  for (const table of ['attempts', 'button_presses'] as const)
    expect(
      await db.selectFrom(table).select('message_id').where('shop_id', '=', scene.bot.shopId).execute(),
    ).toEqual([{ message_id: young.messageId }])
})

test.each(['event_data', 'message_content', 'messages', 'events'] as const)(
  '%s of what has not come to its end is left alone, and goes once it has; what is behind it does not wait',
  async (kind) => {
    const scene = await createScene()
    const open = await addEvent(scene, { daysAgo: 800, isOpen: true })
    await addEvent(scene, { daysAgo: 799 })
    const before = await findMessage(db, open.messageId)
    if (kind === 'events') await clearAll(db, 'messages', 730)
    expect(await clearAll(db, kind, 730)).toBe(1)
    expect(await findMessage(db, open.messageId)).toEqual(before)
    expect(await bodyOf(scene, open.event.eventId)).toEqual(JSON.parse(open.event.body))

    await sql`update messages set status = 'sent', ended_at = now() - interval '731 days' where id = ${open.messageId}`.execute(
      db,
    )
    if (kind === 'message_content') await forgetMarks()
    if (kind === 'events') await clearAll(db, 'messages', 730)
    expect(await clearAll(db, kind, 730)).toBe(1)
    expect(await clearAll(db, kind, 730)).toBe(0)
  },
)

test('a message that is being sent keeps its text, however old it is', async () => {
  const { bot, contact } = await createScene()
  const begun = await beginTurn(db, bot, 0)
  const turn = { ...bot, epoch: begun!.epoch }
  const [id = ''] = await queue(db, bot, [contact])
  await sql`update messages set accepted_at = now() - interval '5 years' where id = ${id}`.execute(db)
  await claim(db, turn)
  for (const kind of ['event_data', 'message_content', 'messages'] as const)
    expect(await clearAll(db, kind, 1)).toBe(0)
  expect(await record(db, turn, { id, status: 'sent' })).toEqual([id])
})

test('[CM-4] links go some time after they were used, revoked or ran out; those that are open stay', async () => {
  const { bot, contact } = await createScene()
  const link = {
    botId: bot.botId,
    contactId: contact.contactId,
    purposes: ['marketing'] as const,
    source: 'api',
  }
  for (const state of ['used', 'revoked', 'expired', 'open', 'just used'])
    await insertOptinLink(db, bot.shopId, { ...link, source: state, expiresInSeconds: 86_400 * 365 })
  const then = (days: number) => sql`now() - ${days} * interval '1 day'`
  const set = async (state: string, column: string, days: number) =>
    await sql`update optin_links set ${sql.ref(column)} = ${then(days)} where shop_id = ${bot.shopId} and source = ${state}`.execute(
      db,
    )
  await sql`update optin_links set created_at = ${then(60)} where shop_id = ${bot.shopId}`.execute(db)
  await set('used', 'used_at', 31)
  await set('revoked', 'revoked_at', 31)
  await set('expired', 'expires_at', 31)
  await set('just used', 'used_at', 29)
  expect(await clearAll(db, 'optin_links', 30)).toBe(3)
  const left = await db
    .selectFrom('optin_links')
    .select('source')
    .where('shop_id', '=', bot.shopId)
    .orderBy('id')
    .execute()
  expect(left.map(({ source }) => source)).toEqual(['open', 'just used'])
})

test('[CM-4] the address and browser behind a consent go before the rest of its proof, which still proves itself', async () => {
  const scene = await createScene()
  const { shopId } = scene.bot
  const entry = {
    purpose: 'marketing',
    action: 'granted',
    source: 'api',
    actor: 'shop',
    evidence: {},
  } as const
  await insertConsents(db, shopId, scene.contact.contactId, [
    { ...entry, details: { reference: 'form 7', ip: '192.0.2.1', user_agent: 'Firefox' } },
  ])
  expect(await clearAll(db, 'consent_visitors', 90)).toBe(0)
  expect(await clearAll(db, 'consent_visitors', -1)).toBe(1)
  const { details } = await db
    .selectFrom('consent_details')
    .select('details')
    .where('shop_id', '=', shopId)
    .executeTakeFirstOrThrow()
  expect(details).toEqual({
    reference: 'form 7',
    nonce: expect.any(String),
    visitor_hash: expect.any(String),
  })
  expect(await verifyConsents(db, { shopId })).toMatchObject({ rows: 1, faultCount: 0 })
})

test('[CM-4] the personal proof of a consent goes, the ledger stays whole', async () => {
  const { bot, contact } = await createScene()
  const entry = {
    purpose: 'marketing',
    action: 'granted',
    source: 'api',
    actor: 'shop',
    evidence: {},
  } as const
  await insertConsents(db, bot.shopId, contact.contactId, [{ ...entry, details: { ip: '192.0.2.1' } }])
  expect(await clearAll(db, 'consent_details', 3_650)).toBe(0)
  // Ten years later.
  expect(await clearAll(db, 'consent_details', -1)).toBe(1)
  expect(await verifyConsents(db, { shopId: bot.shopId })).toMatchObject({ rows: 1, faultCount: 0 })
})

test('[CM-4] that an update took effect is forgotten when Telegram cannot send it again', async () => {
  const { bot } = await createScene()
  for (const updateId of [1, 2]) await insertTelegramUpdate(db, bot.shopId, { botId: bot.botId, updateId })
  await sql`update telegram_updates set received_at = now() - interval '8 days' where update_id = 1`.execute(
    db,
  )
  expect(await clearAll(db, 'telegram_updates', 7)).toBe(1)
  expect(await insertTelegramUpdate(db, bot.shopId, { botId: bot.botId, updateId: 2 })).toBe(false)
})

test('one process at a time: another one finds it taken', async () => {
  const scene = await createScene()
  await addEvent(scene, { daysAgo: 31 })
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('postino.retention'))`.execute(trx)
    expect(await clearOldBatch(db, { kind: 'event_data', olderThanDays: 30 })).toBeUndefined()
  })
})

test('[CM-4, U10] ten years: at no time is anything there that should be gone, nor gone that should be there', async () => {
  const scene = await createScene()
  const { shopId } = scene.bot
  const DAYS = 3_650
  const STEP = 73
  await sql`
    with event as (
      insert into events (shop_id, source, event_id, kind, body, message_ids, received_over, accepted_at)
      select ${shopId}, '/test', 'day ' || day, 'order.status_changed', ${JSON.stringify({ ...BODY, data: { note: 'x' } })}::jsonb,
        array[nextval(pg_get_serial_sequence('messages', 'id'))], 'http', now() - day * interval '1 day' - interval '1 hour'
      from generate_series(${DAYS}::int, 0, -1) day returning shop_id, id, accepted_at, message_ids
    )
    insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, status, content, accepted_at, ended_at)
    overriding system value
    select shop_id, message_ids[1], id, 'ada', 'customer', 'order.status_changed', '', 'order_updates', 0, 'sent', '{"html": "x"}', accepted_at, accepted_at
    from event order by id`.execute(db)
  // The clock stands still and the data grows older: each round everything moves back by as many days.
  const cleared = { event_data: 0, message_content: 0, messages: 0, events: 0 }
  for (let day = 0; day < DAYS; day += STEP) {
    for (const [kind, days] of [
      ['event_data', 30],
      ['message_content', 90],
      ['messages', 730],
      ['events', 730],
    ] as const)
      cleared[kind] += await clearAll(db, kind, days)
    const { rows } = await sql<Record<string, number>>`
      select count(*) filter (where body -> 'data' is not null)::int as data,
        (select count(*)::int from messages where shop_id = ${shopId} and content is not null) as texts,
        (select count(*)::int from messages where shop_id = ${shopId}) as messages, count(*)::int as events
      from events where shop_id = ${shopId}`.execute(db)
    const left = (days: number) => Math.max(0, days - day)
    expect(rows[0]).toEqual({ data: left(30), texts: left(90), messages: left(730), events: left(730) })
    await sql`
      update events set accepted_at = accepted_at - ${STEP} * interval '1 day' where shop_id = ${shopId}`.execute(
      db,
    )
    await sql`
      update messages set accepted_at = accepted_at - ${STEP} * interval '1 day',
        ended_at = ended_at - ${STEP} * interval '1 day' where shop_id = ${shopId}`.execute(db)
    await forgetMarks()
  }
  expect(cleared).toEqual({
    event_data: DAYS + 1,
    message_content: DAYS + 1,
    messages: DAYS + 1,
    events: DAYS + 1,
  })
})
