import { attemptsOf } from '@postino/database'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { BenchRow } from '../bench.ts'
import type { Stage } from '../stage/stage.ts'

const WAITING = 1_000
const SENT_BEFORE = 3
const WATCHED_MS = 5_000
const PERSON = 1

/** A person with a thousand messages to come writes /stop: what is still sent to them from a second later on. */
export async function measureStop(stage: Stage): Promise<BenchRow> {
  const fleet = await stage.addFleet({ count: 1, chats: 1 })
  const [bot] = fleet.telegramBots
  if (bot === undefined) throw new Error('the fleet has a bot')
  const [app, sender] = [await stage.startBotApp(), await stage.startSender()]
  await stage.queueMessages(fleet, { perChat: WAITING })
  await stage.turns.wake(fleet.bots)
  while ((await countSent(stage, fleet.shopId)) < SENT_BEFORE) await sleep(20)

  const stoppedMs = await stage.telegram.ask('write', { bot: bot.id, person: PERSON, text: '/stop' })
  const openMs = await measureUntilClosed(stage, fleet.shopId)
  await sleep(WATCHED_MS)
  const { rows } = await sql<{ suppressed: number; sent: number; sentAfterOneSecond: number }>`
    select count(*) filter (where reason = 'registration_stopped')::int as suppressed,
      count(*) filter (where status = 'sent')::int as sent,
      sum((select count(*) from (${attemptsOf()}) attempt
        where started_at > to_timestamp(${(stoppedMs + 1_000) / 1_000})))::int as "sentAfterOneSecond"
    from messages message where shop_id = ${fleet.shopId} group by shop_id`.execute(stage.database)
  await Promise.all([app.stop(), sender.stop()])
  return {
    name: 'STOP while 1,000 messages wait',
    peer: false,
    ...rows[0],
    suppressedAfterMs: openMs,
  }
}

async function measureUntilClosed(stage: Stage, shopId: string): Promise<number> {
  const startedMs = performance.now()
  for (;;) {
    const { rows } = await sql`
      select from messages where shop_id = ${shopId} and status in ('queued', 'sending') limit 1`.execute(
      stage.database,
    )
    if (rows.length === 0) return performance.now() - startedMs
    await sleep(5)
  }
}

async function countSent(stage: Stage, shopId: string): Promise<number> {
  const { rows } = await sql<{ sent: number }>`
    select count(*)::int as sent from messages where shop_id = ${shopId} and status = 'sent'`.execute(
    stage.database,
  )
  return rows[0]?.sent ?? 0
}
