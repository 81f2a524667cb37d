import { acceptEvents, type NewEvent } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createBot, newEvent, openDatabase, openTestDatabase } from './database-under-test.ts'

const { url, db } = await openTestDatabase()
const { shopId } = await createBot(db)

/** The same event with its recipients for every call. */
function eventOf(eventId: string, more: Parameters<typeof newEvent>[2] = {}): NewEvent {
  return newEvent(shopId, [{ recipient: 'anna' }, { recipient: 'bruno' }], { eventId, ...more })
}

async function listMessages(event: { eventId: string; source?: string }): Promise<string[]> {
  const { rows } = await sql<{ told: string }>`
    select message.recipient || ' ' || event.fingerprint as told
    from event_keys event join messages message on message.shop_id = event.shop_id and message.event_id = event.id
    where event.event_id = ${event.eventId} and event.source = ${event.source ?? '/test'}
    order by message.id`.execute(db)
  return rows.map((row) => row.told)
}

test('twice in one batch: one event, one answer, and work for its first appearance only', async () => {
  const acceptances = await acceptEvents(db, [eventOf('twice'), eventOf('between'), eventOf('twice')])
  expect(acceptances).toMatchObject([
    { status: 'accepted', eventId: 'twice', fresh: true },
    { status: 'accepted', eventId: 'between', fresh: true },
    { status: 'accepted', eventId: 'twice', fresh: false },
  ])
  const [first, , repeated] = acceptances
  expect(repeated).toEqual({ ...first, fresh: false })
  expect(await listMessages({ eventId: 'twice' })).toEqual(['anna same', 'bruno same'])
})

test('20 at once over several connections: one event, the same answer for all, fresh for one', async () => {
  const pools = [openDatabase(url, 5), openDatabase(url, 5)]
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => acceptEvents(pools[index % 2] ?? db, [eventOf('parallel')])),
  )
  const messages = answers.map(([answer]) => (answer?.status === 'accepted' ? answer.messages : []))
  expect(messages[0]).toHaveLength(2)
  for (const each of messages) expect(each).toEqual(messages[0])
  expect(answers.flat().filter((answer) => answer.status === 'accepted' && answer.fresh)).toHaveLength(1)
  expect(await listMessages({ eventId: 'parallel' })).toEqual(['anna same', 'bruno same'])
})

test('batches with the same events in any order never wait in a ring', async () => {
  const ids = Array.from({ length: 60 }, (_, index) => `ring-${index}`)
  const pools = [openDatabase(url, 5), openDatabase(url, 5)]
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      // Multiplying by numbers without a factor in common with 61 gives 20 different orders.
      const order = ids.toSorted((a, b) => rank(a, index + 2) - rank(b, index + 2))
      return acceptEvents(
        pools[index % 2] ?? db,
        order.map((id) => eventOf(id)),
      )
    }),
  )
  const fresh = answers.flat().filter((answer) => answer.status === 'accepted' && answer.fresh)
  expect(new Set(fresh.map(({ eventId }) => eventId))).toEqual(new Set(ids))
  expect(fresh).toHaveLength(ids.length)
})

function rank(id: string, factor: number): number {
  return ((Number(id.slice('ring-'.length)) + 1) * factor) % 61
}

test('another body under a known id is a conflict and changes nothing, also within one batch', async () => {
  await acceptEvents(db, [eventOf('taken')])
  const other = { fingerprint: 'other', messages: eventOf('taken').messages.slice(0, 1) }
  const acceptances = await acceptEvents(db, [
    eventOf('taken', other),
    eventOf('fresh'),
    eventOf('fresh', other),
  ])
  expect(acceptances).toMatchObject([
    { status: 'conflict', eventId: 'taken' },
    { status: 'accepted', eventId: 'fresh', fresh: true },
    { status: 'conflict', eventId: 'fresh' },
  ])
  expect(await listMessages({ eventId: 'taken' })).toEqual(['anna same', 'bruno same'])
  expect(await listMessages({ eventId: 'fresh' })).toEqual(['anna same', 'bruno same'])
})

test('the same id of another source or of another shop is another event', async () => {
  const elsewhere = await createBot(db)
  const acceptances = await acceptEvents(db, [
    eventOf('shared'),
    eventOf('shared', { source: '/other', fingerprint: 'other' }),
    { ...eventOf('shared', { fingerprint: 'foreign' }), shopId: elsewhere.shopId },
  ])
  expect(acceptances.map((answer) => answer.status === 'accepted' && answer.fresh)).toEqual([
    true,
    true,
    true,
  ])
  expect(await listMessages({ eventId: 'shared', source: '/other' })).toEqual(['anna other', 'bruno other'])
})

test('message ids follow the order of the batch, and within an event that of its recipients', async () => {
  const recipients = (index: number) => ['r', 'z', 'a'].map((name) => ({ recipient: `${name}-${index}` }))
  // Keys that sort neither as the batch nor against it.
  const events = Array.from({ length: 200 }, (_, index) =>
    newEvent(shopId, recipients(index), { eventId: `order-${(index * 37) % 200}` }),
  )
  const acceptances = await acceptEvents(db, events)
  const told = acceptances.flatMap((answer) => (answer.status === 'accepted' ? answer.messages : []))
  expect(told.map(({ recipient }) => recipient)).toEqual(
    events.flatMap(({ messages }) => messages.map(({ recipient }) => recipient)),
  )
  const ids = told.map(({ id }) => BigInt(id))
  expect(ids).toEqual(ids.toSorted((a, b) => Number(a - b)))
})

test('an event that tells nobody is recorded all the same', async () => {
  const acceptances = await acceptEvents(db, [newEvent(shopId, [], { eventId: 'nobody' })])
  expect(acceptances).toMatchObject([{ status: 'accepted', messages: [], fresh: true }])
  expect(await acceptEvents(db, [newEvent(shopId, [], { eventId: 'nobody' })])).toMatchObject([
    { status: 'accepted', messages: [], fresh: false },
  ])
})

test.each([
  ['a lane that is none', { messages: [{ ...eventOf('x').messages[0]!, lane: 7 }] }],
  ['a recipient named twice', { messages: [eventOf('x').messages[0]!, eventOf('x').messages[0]!] }],
  ['a NUL in the body', { body: { note: '\u0000' } }],
  ['a deadline that is no time', { messages: [{ ...eventOf('x').messages[0]!, deadlineAt: 'soon' }] }],
])('with %s in one row nothing of the batch is kept', async (_, bad) => {
  const batch = [eventOf('good-before'), eventOf('bad', bad), eventOf('good-after')]
  await expect(acceptEvents(db, batch)).rejects.toThrow()
  const { rows } =
    await sql`select from events where event_id in ('good-before', 'bad', 'good-after')`.execute(db)
  expect(rows).toHaveLength(0)
})

test('no message is left without its event when the transaction around is rolled back', async () => {
  const undo = new Error('undo')
  await expect(
    db.transaction().execute(async (transaction) => {
      await acceptEvents(transaction, [eventOf('undone')])
      throw undo
    }),
  ).rejects.toThrow(undo)
  const { rows } = await sql<{ lost: number }>`
    select count(*)::int as lost from messages message where not exists (
      select from events event where event.shop_id = message.shop_id and event.id = message.event_id)`.execute(
    db,
  )
  expect(rows).toEqual([{ lost: 0 }])
  expect(await acceptEvents(db, [eventOf('undone')])).toMatchObject([{ fresh: true }])
})
