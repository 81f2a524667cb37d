import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createStage } from './pipeline-under-test.ts'

const STRICT = { flood: { enabled: true } }

async function prepare(paidPerSecond: number | null) {
  const stage = await createStage(STRICT)
  await sql`update shops set paid_messages_per_second = ${paidPerSecond}`.execute(stage.database)
  stage.startRenderer()
  const bot = await stage.addBot()
  const people = await stage.addPeople(bot, 150)
  const ids = await stage.accept(people.map((to) => ({ to, text: 'Sale' })))
  return { stage, bot, ids }
}

test('a shop that pays sends faster than thirty a second, and every call says that it pays', async () => {
  const { stage, ids } = await prepare(300)
  stage.startSender()
  const messages = await stage.waitForEnd(ids)
  expect(new Set(messages.map(({ status }) => status))).toEqual(new Set(['sent']))
  const report = stage.emulator.report()
  expect({ refusals: report.refusals, duplicates: report.duplicate_count }).toEqual({
    refusals: 0,
    duplicates: 0,
  })
  // Of the free limit nothing is used: the emulator counts paid calls apart.
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from max(ended_at) - min(claimed_at))::float8 as seconds from messages`.execute(
    stage.database,
  )
  expect(rows[0]?.seconds).toBeLessThan(150 / 30)
})

test('when Telegram takes no payment, all is sent at the free pace and nothing is refused for good', async () => {
  const { stage, ids } = await prepare(300)
  stage.emulator.faults.add({
    match: { method: 'sendMessage' },
    fault: { kind: 'error', code: 400, description: 'Bad Request: PAID_BROADCAST_FORBIDDEN' },
    count: 1,
  })
  stage.startSender()
  const messages = await stage.waitForEnd(ids)
  expect(new Set(messages.map(({ status }) => status))).toEqual(new Set(['sent']))
  expect(stage.emulator.report().refusals).toBe(0)
  const { rows } = await sql<{ pays: boolean }>`
    select paid_refused_until < now() + interval '55 minutes' as pays from bots`.execute(stage.database)
  expect(rows).toEqual([{ pays: false }])
})
