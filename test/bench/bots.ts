import { sql } from 'kysely'
import type { Bench, BenchRow } from './bench.ts'
import { measureFairness } from './bots-fairness.ts'
import { measureEmptyWorker } from './empty-worker/measure-empty-worker.ts'
import type { Fleet } from './stage/seed.ts'
import { openStage, type Stage } from './stage/stage.ts'

// Ten thousand messages, as many as the worker has jobs to warm up with.
const WARM_UP = { count: 100, chats: 100 }
// As many jobs at a time as the sender serves bots.
const AT_A_TIME = 500

/**
 * What the sender can do where the flood limits do not hold it back: messages a second against the jobs a second of a
 * BullMQ worker that does nothing, in the same run; then how fairly it shares itself when bots want more than it can do.
 */
export const bots: Bench = async ({ say, isQuick }) => {
  await using stage = await openStage()
  const rows: BenchRow[] = []
  const jobs = isQuick ? 10_000 : 60_000
  for (const { count, chats } of [
    { count: isQuick ? 50 : 300, chats: 200 },
    { count: isQuick ? 3_000 : 20_000, chats: 1 },
  ]) {
    const name = `${count} bots × ${chats} messages`
    say(`Empty BullMQ workers, ${jobs} jobs …`)
    const empty = await measureEmptyWorker(stage, { jobs })
    const eager = await measureEmptyWorker(stage, { jobs, concurrency: AT_A_TIME })
    say(`${name} …`)
    const { perSecond, ...cpu } = await measureSender(stage, await stage.addFleet({ count, chats }))
    rows.push(
      { name: 'empty BullMQ worker, as it comes', peer: true, perSecond: empty, ratio: 1 },
      {
        name: `empty BullMQ worker, ${AT_A_TIME} at a time`,
        peer: true,
        perSecond: eager,
        ratio: eager / empty,
      },
      { name, peer: false, perSecond, ratio: perSecond / empty, ratioToEager: perSecond / eager, ...cpu },
    )
  }
  say('1,000 bots that want 5 messages a second each …')
  rows.push(await measureFairness(stage, { seconds: isQuick ? 8 : 20 }))
  return rows
}

/** All bots are woken at once, before a sender that has warmed up; from its first claim to its last answer. */
async function measureSender(stage: Stage, fleet: Fleet) {
  await stage.telegram.ask('settings', { flood: { enabled: false } })
  // Its own window is not to be what is measured either.
  const sender = await stage.startSender({ SENDER_LIMIT_PER_SECOND: '1000' })
  await send(stage, await stage.addFleet(WARM_UP))
  await stage.queueMessages(fleet, { perChat: 1 })
  const before = stage.cpuSeconds(sender)
  await stage.turns.wake(fleet.bots)
  await stage.waitUntilSent(fleet, { timeoutMs: 240_000 })
  const after = stage.cpuSeconds(sender)
  await sender.stop()
  const { rows } = await sql<{ sent: number; seconds: number }>`
    select count(*) filter (where status = 'sent')::int as sent,
      extract(epoch from max(ended_at) - min(claimed_at))::float8 as seconds
    from messages where shop_id = ${fleet.shopId}`.execute(stage.database)
  const [{ sent, seconds } = { sent: 0, seconds: 1 }] = rows
  if (sent !== fleet.bots.length * fleet.chats) throw new Error(`only ${sent} were sent`)
  const microseconds = (name: keyof typeof after) => ((after[name] - before[name]) * 1e6) / sent
  return {
    perSecond: sent / seconds,
    senderCpuUs: microseconds('app'),
    telegramCpuUs: microseconds('telegram'),
    postgresCpuUs: microseconds('postgres'),
    redisCpuUs: microseconds('redis'),
  }
}

async function send(stage: Stage, fleet: Fleet): Promise<void> {
  await stage.queueMessages(fleet, { perChat: 1 })
  await stage.turns.wake(fleet.bots)
  await stage.waitUntilSent(fleet, { timeoutMs: 60_000 })
}
