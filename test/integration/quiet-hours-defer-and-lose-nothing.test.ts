import { changeShop, eraseContact, insertConsents, setBotStatus } from '@postino/database'
import type { QuietHours } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Stage } from './pipeline-under-test.ts'

const MINUTE_MS = 60_000
const SCHEDULER = { sweepSeconds: 1, forgottenSeconds: 1 }

/** Hours of which it is now the middle, on the clock of UTC. */
function nowInUtc(): QuietHours {
  const at = (shiftMinutes: number) =>
    new Date(Date.now() + shiftMinutes * MINUTE_MS).toISOString().slice(11, 16)
  return { from: at(-120), until: at(120) }
}

/** A shop in whose quiet hours everybody is whose clock shows UTC; everything of it runs. */
async function createNight() {
  const stage = await createStage()
  stage.startRenderer()
  stage.startSender()
  const scheduler = stage.startScheduler(SCHEDULER)
  await changeShop(stage.database, stage.shopId, { quietHours: nowInUtc() })
  const bot = await stage.addBot()
  return { stage, bot, scheduler }
}

/** Postgres's clock cannot be put forward: the hours end, and with them the wait. */
async function endNight({ database, shopId }: Stage): Promise<void> {
  await changeShop(database, shopId, { quietHours: undefined })
  await sql`update messages set due_at = now() where status = 'accepted' and due_at > now()`.execute(database)
}

async function waitForDeferred({ database }: Stage, ids: string[]): Promise<void> {
  await waitUntil(async () => {
    const { rows } = await sql<{ deferred: number }>`
      select count(*)::int as deferred from messages
      where id = any (${ids}::bigint[]) and status = 'accepted' and due_at > now()`.execute(database)
    return rows[0]?.deferred === ids.length
  })
}

test('[U11] a reminder waits for the morning of whoever it is for, and an order does not; nobody waits behind it', async () => {
  const { stage, bot, scheduler } = await createNight()
  const sleeper = await stage.addPerson(bot)
  const waker = await stage.addPerson(bot)
  // Five hours and three quarters ahead of UTC.
  await sql`update contacts set time_zone = 'Asia/Kathmandu' where id = ${waker.contactId}`.execute(
    stage.database,
  )
  const [deferred = '', atOnce = ''] = await stage.accept([
    { to: sleeper, text: 'cart', lane: 1 },
    { to: waker, text: 'cart', lane: 1 },
  ])
  await waitForDeferred(stage, [deferred])
  expect(await stage.waitForEnd([atOnce])).toMatchObject([{ status: 'sent' }])
  const [order = ''] = await stage.accept([{ to: sleeper, text: 'order' }])
  await stage.waitForEnd([order])
  expect(stage.textsOf(sleeper)).toEqual(['order'])
  // A sweeper that takes a second for long has looked by now.
  await waitUntil(async () => {
    const { rows } = await sql<{ age: number }>`
      select extract(epoch from now() - accepted_at)::float8 as age from messages where id = ${deferred}`.execute(
      stage.database,
    )
    return (rows[0]?.age ?? 0) > 3
  })

  // What is written by the morning counts.
  await sql`
    update template_versions version set content = jsonb_set(content, '{text}', '"buongiorno {{ cart.id }}"')
    from templates template where template.id = version.template_id and template.kind = 'cart.abandoned'`.execute(
    stage.database,
  )
  await endNight(stage)
  expect(await stage.waitForEnd([deferred])).toMatchObject([{ status: 'sent' }])
  expect(stage.textsOf(sleeper)).toEqual(['order', 'buongiorno cart'])
  const metrics = await scheduler.renderMetrics()
  expect(metrics).toContain('postino_deferred_released_total 1')
  expect(metrics).toContain('postino_swept_total{stage="render"} 0')
})

test('[U11, U4] of a night’s news of one thing the newest is told in the morning', async () => {
  const { stage, bot } = await createNight()
  const person = await stage.addPerson(bot)
  const note = (text: string) => ({ to: person, text, lane: 1 as const, about: 'cart-7' })
  const [first = ''] = await stage.accept([note('one')])
  await waitForDeferred(stage, [first])
  const [second = ''] = await stage.accept([note('two')])
  await waitForDeferred(stage, [second])
  expect(await stage.readMessages([first])).toMatchObject([
    { status: 'superseded', reason: 'superseded_by_newer' },
  ])
  await endNight(stage)
  await stage.waitForEnd([second])
  expect(stage.textsOf(person)).toEqual(['two'])
})

test('[U11] a template may say otherwise: at once, or without a sound', async () => {
  const { stage, bot } = await createNight()
  const person = await stage.addPerson(bot)
  const say = (rule: string) =>
    sql`
      update template_versions version set content = content || ${JSON.stringify({ quiet_hours: rule })}::jsonb
      from templates template where template.id = version.template_id and template.kind = 'cart.abandoned'`.execute(
      stage.database,
    )
  await say('send')
  const [loud = ''] = await stage.accept([{ to: person, text: 'loud', lane: 1 }])
  await stage.waitForEnd([loud])
  await say('send_silently')
  const [silent = ''] = await stage.accept([{ to: person, text: 'silent', lane: 1 }])
  await stage.waitForEnd([silent])
  const { rows } = await sql<{ silent: boolean }>`
    select (content ->> 'silent')::boolean as silent from messages where id in (${loud}, ${silent}) order by id`.execute(
    stage.database,
  )
  expect(rows).toEqual([{ silent: false }, { silent: true }])
})

test('[U11] what still waits in the queue when the hours begin is not sent any more, but deferred; an order goes on', async () => {
  const { stage, bot } = await createNight()
  const { database, shopId } = stage
  await changeShop(database, shopId, { quietHours: undefined })
  const person = await stage.addPerson(bot)
  await setBotStatus(database, shopId, { botId: bot.botId, status: 'paused' })
  const ids = await stage.accept([
    { to: person, text: 'cart', lane: 1 },
    { to: person, text: 'another cart', lane: 1 },
    { to: person, text: 'order' },
  ])
  await waitUntil(async () => (await stage.readMessages(ids)).every(({ status }) => status === 'queued'))
  await changeShop(database, shopId, { quietHours: nowInUtc() })
  await sql`update messages set quiet_from = now() where lane = 1`.execute(database)
  await setBotStatus(database, shopId, { botId: bot.botId, status: 'active' })
  await stage.wake(bot)
  await waitForDeferred(stage, ids.slice(0, 2))
  await stage.waitForEnd(ids.slice(2))
  expect(stage.textsOf(person)).toEqual(['order'])
  await endNight(stage)
  await stage.waitForEnd(ids)
  expect(stage.textsOf(person)).toEqual(['order', 'cart', 'another cart'])
})

test('[U11] a deadline in the night ends a message in the night', async () => {
  const { stage, bot } = await createNight()
  const person = await stage.addPerson(bot)
  const expirytime = new Date(Date.now() + 1_500).toISOString()
  const [id = ''] = await stage.accept([{ to: person, text: 'late', lane: 1, expirytime }])
  await waitForDeferred(stage, [id])
  expect(await stage.waitForEnd([id])).toMatchObject([{ status: 'expired', reason: 'deadline_passed' }])
  expect(stage.textsOf(person)).toEqual([])
})

test('[U11] whoever leaves, withdraws or is erased in the night has nothing waiting a second later', async () => {
  const { stage, bot } = await createNight()
  const [leaver, withdrawer, gone, other] = await stage.addPeople(bot, 4)
  await stage.startProcess('bot')
  // Its first answer shows that it listens.
  stage.emulator.people.send(other!.telegramId, { chat: other!.chat, text: '/help' })
  await waitUntil(() => stage.textsOf(other!).length > 0, { timeoutMs: 20_000 })
  const ids = await stage.accept(
    [leaver!, withdrawer!, gone!, other!].map((to) => ({ to, text: 'cart', lane: 1 as const })),
  )
  await waitForDeferred(stage, ids)
  stage.emulator.people.send(leaver!.telegramId, { chat: leaver!.chat, text: '/stop' })
  await insertConsents(stage.database, stage.shopId, withdrawer!.contactId, [
    {
      purpose: 'cart_reminders',
      action: 'withdrawn',
      source: 'api',
      actor: 'shop',
      evidence: { request: 1 },
    },
  ])
  await eraseContact(stage.database, stage.shopId, gone!.contactId, { actor: 'test' })
  await stage.waitForEnd(ids.slice(0, 3), { timeoutMs: 5_000 })
  expect((await stage.readMessages(ids)).map(({ status, reason }) => [status, reason])).toEqual([
    ['suppressed', 'registration_stopped'],
    ['suppressed', 'consent_withdrawn'],
    ['suppressed', 'erased'],
    ['accepted', null],
  ])
})
