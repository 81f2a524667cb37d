import { releaseDeferred } from '@postino/database'
import { EXAMPLES } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { accept, createBot, createContacts, openDatabase, openTestDatabase } from './database-under-test.ts'
import { createStage, type Note } from './pipeline-under-test.ts'

const DUE = 5_000
const { url, db } = await openTestDatabase()

async function acceptDeferred(count: number, due: string): Promise<string[]> {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, 10)
  const ids = await accept(
    db,
    bot,
    Array.from({ length: count }, (_, index) => people[index % people.length]!),
  )
  await sql`
    update messages set due_at = now() + ${due}::interval where id = any (${ids}::bigint[])`.execute(db)
  return ids
}

test('[U11] releasers side by side share what is due: each message is released once, the longest due first', async () => {
  const ids = await acceptDeferred(600, '-1 minute')
  const waiting = await acceptDeferred(5, '1 hour')
  const [first = ''] = await acceptDeferred(1, '-1 hour')
  expect(await releaseDeferred(db, { limit: 1 })).toEqual([first])
  const pools = [openDatabase(url, 3), openDatabase(url, 3)]
  const batches: string[][] = []
  await Promise.all(
    pools.flatMap((pool) =>
      Array.from({ length: 3 }, async () => {
        for (;;) {
          const batch = await releaseDeferred(pool, { limit: 20 })
          // Whoever finds nothing may have found it all locked.
          if (batch.length === 0) return
          batches.push(batch)
        }
      }),
    ),
  )
  batches.push(await releaseDeferred(db, { limit: 600 }))
  expect(batches.flat().toSorted((a, b) => Number(a) - Number(b))).toEqual(ids)
  expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(600)
  const { rows } = await sql<{ due: string; released: boolean }>`
    select due_at > now() as due, released_at is not null as released from messages
    where id = any (${waiting}::bigint[])`.execute(db)
  expect(rows).toEqual(waiting.map(() => ({ due: true, released: false })))
})

test('[U11] what one of two schedulers released and never enqueued the sweeper finds; nobody is told twice', async () => {
  const stage = await createStage()
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 4)
  const notes = people.flatMap((to) =>
    Array.from({ length: 5 }, (_, index): Note => ({ to, text: `#${index}` })),
  )
  const ids = await stage.acceptOnly(notes)
  await sql`update messages set due_at = now() where id = any (${ids}::bigint[])`.execute(stage.database)
  // Dead before it could ask for their rendering.
  const lost = await releaseDeferred(stage.database, { limit: 7 })
  expect(lost).toHaveLength(7)
  stage.startRenderer()
  stage.startSender()
  const config = { sweepSeconds: 1, forgottenSeconds: 2 }
  const schedulers = [stage.startScheduler(config), stage.startScheduler(config)]
  expect((await stage.waitForEnd(ids)).map(({ status }) => status)).toEqual(ids.map(() => 'sent'))
  for (const person of people) expect(stage.textsOf(person)).toHaveLength(5)
  const count = async (name: string) => {
    const texts = await Promise.all(schedulers.map((scheduler) => scheduler.renderMetrics()))
    return texts.reduce((sum, text) => sum + Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]), 0)
  }
  expect(await count('postino_deferred_released_total')).toBe(13)
  expect(await count('postino_swept_total\\{stage="render"\\}')).toBe(7)
})

test('[U11] while thousands are due, what is accepted just now waits behind a bounded queue', async () => {
  const stage = await createStage()
  const bot = await stage.addBot()
  const [sleeper, buyer] = await stage.addPeople(bot, 2)
  const body = { ...EXAMPLES['cart.abandoned'], data: { ...EXAMPLES['cart.abandoned'].data, to: [] } }
  await sql`
    with event as (
      insert into events (shop_id, source, event_id, kind, body, received_over, message_ids)
      select ${stage.shopId}, '/test', 'night-' || i, 'cart.abandoned', ${JSON.stringify(body)}, 'http',
        array[nextval(pg_get_serial_sequence('messages', 'id'))]
      from generate_series(1, ${DUE}) i returning id, message_ids
    )
    insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, due_at)
    overriding system value
    select ${stage.shopId}, message_ids[1], id, ${sleeper!.externalId}, 'customer', 'cart.abandoned', '', 'cart_reminders', 1, now()
    from event`.execute(stage.database)
  stage.startSender()
  const scheduler = stage.startScheduler({ sweepSeconds: 1, forgottenSeconds: 60 })
  const countReleased = async () =>
    Number(/^postino_deferred_released_total (\d+)/m.exec(await scheduler.renderMetrics())?.[1])
  // Nobody renders: no more is released than the queue may hold, however often it is looked.
  await waitUntil(async () => (await countReleased()) >= 1_000)
  const { rows: left } = await sql<{ deferred: number }>`
    select count(*)::int as deferred from messages where due_at <= now() and status = 'accepted'`.execute(
    stage.database,
  )
  expect(left[0]!.deferred).toBeGreaterThanOrEqual(DUE - 2_000)
  stage.startRenderer()
  const [id = ''] = await stage.accept([{ to: buyer!, text: 'order' }])
  await stage.waitForEnd([id], { timeoutMs: 10_000 })
  expect(stage.textsOf(buyer!)).toEqual(['order'])
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from messages where lane = 1 and status in ('accepted', 'queued')`.execute(
    stage.database,
  )
  expect(rows[0]!.open).toBeGreaterThan(DUE / 2)
})
