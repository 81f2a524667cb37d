import { finishRendering } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  accept,
  addBot,
  beginTurn,
  claim,
  claimIds,
  createContact,
  findMessage,
  listStatuses,
  openTestDatabase,
  record,
} from './database-under-test.ts'
import { BY_NEWER, KEY, STALE, newsOfOneThing } from './news-of-one-thing.ts'

const { db } = await openTestDatabase()
const { createScene, render, replacedBy } = newsOfOneThing(db)

test('[U4] what waits about a thing ends when newer news of it is queued: rendered or not, deferred or not', async () => {
  const { turn, news } = await createScene()
  const [queued = '', deferred = '', accepted = '', newest = ''] = await news(4)
  await render([queued], { replacesOlder: false })
  await render([deferred], { deferred: true, replacesOlder: false })
  const finished = await render([newest])
  expect(await listStatuses(db, [queued, deferred, accepted, newest])).toEqual([
    BY_NEWER,
    BY_NEWER,
    BY_NEWER,
    'queued',
  ])
  expect(await Promise.all([queued, deferred, accepted].map(replacedBy))).toEqual([newest, newest, newest])
  expect(finished.superseded).toHaveLength(3)
  expect((await findMessage(db, deferred)).due_at).toBeNull()
  expect(await claimIds(db, turn)).toEqual([newest])
})

test('[U4] deferred news takes the place of older ones, and is replaced itself', async () => {
  const { news } = await createScene()
  const [first = '', second = '', third = ''] = await news(3)
  await render([first])
  await render([second], { deferred: true })
  expect(await listStatuses(db, [first, second])).toEqual([BY_NEWER, 'accepted'])
  await render([third], { deferred: true })
  expect(await listStatuses(db, [second, third])).toEqual([BY_NEWER, 'accepted'])
  expect(await Promise.all([first, second].map(replacedBy))).toEqual([second, third])
})

test('[U4] of a batch the newest is queued, and the others never have a text', async () => {
  const { news } = await createScene()
  const [first = '', second = '', third = ''] = await news(3)
  await render([third, first, second])
  expect(await listStatuses(db, [first, second, third])).toEqual([BY_NEWER, BY_NEWER, 'queued'])
  expect(await findMessage(db, first)).toMatchObject({ content: null, queued_at: null, superseded_by: third })
})

test('[U4] an older one that was accepted unseen ends when it is rendered', async () => {
  const { news } = await createScene()
  const [older = '', newer = ''] = await news(2)
  // As if its transaction had not been committed when the newer one was rendered.
  await sql`update messages set collapse_key = 'unseen' where id = ${older}`.execute(db)
  await render([newer])
  await sql`update messages set collapse_key = ${KEY} where id = ${older}`.execute(db)
  await render([older])
  expect(await listStatuses(db, [older, newer])).toEqual([BY_NEWER, 'queued'])
})

test('[U4] news that cannot be told takes nobody’s place', async () => {
  const { news } = await createScene()
  const [older = '', newest = ''] = await news(2)
  await render([older])
  await finishRendering(db, [{ status: 'failed', id: newest, reason: 'template_failed' }])
  expect(await listStatuses(db, [older, newest])).toEqual(['queued', 'failed: template_failed'])
})

test('[U4] where the template wants all of them, all are sent', async () => {
  const { turn, news } = await createScene()
  const ids = await news(3)
  await render(ids, { replacesOlder: false })
  for (const id of ids) {
    expect(await claimIds(db, turn)).toEqual([id])
    await record(db, turn, { id, status: 'sent' })
  }
})

test('[U4, U11] what goes back to wait for the morning still takes the place of older news, and gives its own to newer', async () => {
  const { turn, news } = await createScene()
  const [first = '', second = '', third = ''] = await news(3)
  await render([second])
  await sql`update messages set quiet_from = now() where id = ${second}`.execute(db)
  expect(await claim(db, turn)).toMatchObject([{ id: second, status: 'accepted', reason: 'quiet_hours' }])
  expect(await findMessage(db, second)).toMatchObject({
    status: 'accepted',
    reason: null,
    content: null,
    bot_id: null,
    ended_at: null,
    due_at: expect.any(Date),
  })
  await render([first])
  expect(await listStatuses(db, [first, second])).toEqual([BY_NEWER, 'accepted'])
  await render([third])
  expect(await listStatuses(db, [second, third])).toEqual([BY_NEWER, 'queued'])
})

test('[U4] other things, other people, tests and what is under way keep their place', async () => {
  const { bot, turn, contact, news } = await createScene()
  const neighbour = await createContact(db, bot)
  const [underWay = ''] = await news(1)
  await render([underWay])
  expect(await claimIds(db, turn)).toEqual([underWay])
  const [otherThing = '', otherPerson = '', test_ = '', newest = ''] = await accept(db, bot, [
    { ...contact, collapseKey: 'order.status_changed 1144' },
    { ...neighbour, collapseKey: KEY },
    { ...contact, collapseKey: KEY },
    { ...contact, collapseKey: KEY },
  ])
  await sql`update messages set is_test = true where id = ${test_}`.execute(db)
  await render([otherThing, otherPerson])
  await render([newest])
  expect(await listStatuses(db, [underWay, otherThing, otherPerson, test_, newest])).toEqual([
    'sending',
    'queued',
    'queued',
    'accepted',
    'queued',
  ])
})

test('[U4] a resend of what is unknown is dropped when newer news is told or on its way', async () => {
  for (const told of ['queued', 'deferred', 'sent'] as const) {
    const { turn, news } = await createScene()
    const [older = ''] = await news(1)
    await render([older])
    await claim(db, turn)
    const [newer = ''] = await news(1)
    if (told !== 'sent') await render([newer], { deferred: told === 'deferred' })
    await record(
      db,
      turn,
      { id: older, status: 'unknown', reason: 'timed_out' },
      told === 'sent' ? 60_000 : 0,
    )
    if (told === 'sent') {
      await render([newer])
      expect(await claimIds(db, turn)).toEqual([newer])
      await record(db, turn, { id: newer, status: 'sent' })
      await sql`update messages set due_at = now() where id = ${older}`.execute(db)
    }
    const claims = await claim(db, turn)
    expect(claims.find(({ id }) => id === older)).toMatchObject({
      status: 'unknown',
      reason: 'superseded_by_newer',
    })
    expect(await findMessage(db, older)).toMatchObject({
      status: 'unknown',
      reason: 'timed_out',
      superseded_by: newer,
      due_at: null,
      ended_at: expect.any(Date),
      resends: 0,
    })
  }
})

test('[U4] what came back to its place gives it to newer news, and is not called for after a later state', async () => {
  for (const later of ['newer', 'later state'] as const) {
    const { turn, news } = await createScene()
    const [first = '', second = ''] = await news(later === 'newer' ? 2 : ['5', '3'])
    const [back, other] = later === 'newer' ? [first, second] : [second, first]
    // It is under way while the other one comes into the queue.
    await sql`update messages set due_at = now() + interval '1 hour' where id = ${other}`.execute(db)
    await render([back])
    expect(await claimIds(db, turn)).toEqual([back])
    await sql`update messages set due_at = null where id = ${other}`.execute(db)
    await render([other])
    expect(await listStatuses(db, [back, other])).toEqual(['sending', 'queued'])
    await record(db, turn, { id: back, status: 'queued', dueInMs: 0 })
    await claim(db, turn)
    await record(db, turn, { id: other, status: 'sent' })
    await claim(db, turn)
    expect(await listStatuses(db, [back, other])).toEqual([
      later === 'newer' ? BY_NEWER : STALE,
      expect.any(String),
    ])
    expect(await findMessage(db, back)).toMatchObject({ superseded_by: other, ended_at: expect.any(Date) })
  }
})

test('[U4] of two unknown ones the newer alone is sent once more', async () => {
  const { turn, news } = await createScene()
  const [older = '', newer = ''] = await news(2)
  await render([older])
  await claim(db, turn)
  await record(db, turn, { id: older, status: 'unknown' }, 0)
  await sql`update messages set due_at = now() + interval '1 hour' where id = ${older}`.execute(db)
  await render([newer])
  expect(await claimIds(db, turn)).toEqual([newer])
  await record(db, turn, { id: newer, status: 'unknown' })
  await sql`update messages set due_at = now() where id = ${older}`.execute(db)
  expect(await claim(db, turn)).toMatchObject([{ id: older, reason: 'superseded_by_newer' }])
  await sql`update messages set due_at = now() where id = ${newer}`.execute(db)
  expect(await claimIds(db, turn)).toEqual([newer])
})

test('whoever waited behind a message that is replaced or deferred is woken, and goes', async () => {
  const { bot, turn, contact, news } = await createScene()
  const other = await addBot(db, bot.shopId)
  const elsewhere = await createContact(db, other)
  const [older = '', newer = ''] = await news(2)
  const [behind = ''] = await accept(db, bot, [contact])
  await render([older], { replacesOlder: false })
  await render([behind])
  await sql`update messages set due_at = now() + interval '1 hour' where id = ${older}`.execute(db)
  expect(await claimIds(db, turn)).toEqual([])
  expect((await render([newer], { deferred: true })).bots).toEqual([bot])
  expect(await claimIds(db, turn)).toEqual([behind])

  const [first = '', second = ''] = await accept(db, other, [elsewhere, elsewhere])
  await render([second])
  const otherTurn = { ...other, epoch: (await beginTurn(db, other, 0))!.epoch }
  expect(await claimIds(db, otherTurn)).toEqual([])
  expect((await render([first], { deferred: true })).bots).toEqual([other])
  expect(await claimIds(db, otherTurn)).toEqual([second])
})
