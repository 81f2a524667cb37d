import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { Queue } from 'bullmq'
import type { Bench, BenchRow } from './bench.ts'
import type { Fleet } from './stage/seed.ts'
import { openStage, type Stage } from './stage/stage.ts'

// As many as the sender serves bots at the same time.
const CONCURRENCY = 100
const JOBS = 60_000
// Neither the emulator nor the sender's own window is to be what is measured.
const UNLIMITED = { SENDER_LIMIT_PER_SECOND: '1000' }

/**
 * What the sender takes on beside the flood limits: messages a second against the jobs a second of a BullMQ worker that
 * does nothing, in the same run.
 */
export const bots: Bench = async ({ say }) => {
  await using stage = await openStage()
  await stage.telegram.ask('settings', { flood: { enabled: false } })
  const rows: BenchRow[] = []
  for (const { name, count, chats } of [
    { name: '300 bots × 200 messages', count: 300, chats: 200 },
    { name: '20,000 bots × 1 message', count: 20_000, chats: 1 },
  ]) {
    say(`An empty BullMQ worker, ${JOBS} jobs …`)
    const emptyPerSecond = await measureEmptyWorker(stage)
    const eagerPerSecond = await measureEmptyWorker(stage, CONCURRENCY)
    say(`${name} …`)
    const fleet = await stage.addFleet({ count, chats })
    const { perSecond, ...cpu } = await measureSender(stage, fleet)
    rows.push(
      { name: 'empty BullMQ worker', peer: true, perSecond: emptyPerSecond, ratio: 1 },
      {
        name: `empty BullMQ worker, ${CONCURRENCY} at a time`,
        peer: true,
        perSecond: eagerPerSecond,
        ratio: eagerPerSecond / emptyPerSecond,
      },
      { name, peer: false, perSecond, ratio: perSecond / emptyPerSecond, ...cpu },
    )
  }
  return rows
}

async function measureEmptyWorker(stage: Stage, concurrency?: number): Promise<number> {
  const queue = new Queue('empty', { connection: stage.redis })
  for (let from = 0; from < JOBS; from += 500) {
    await queue.addBulk(
      Array.from({ length: 500 }, (_, index) => ({
        name: 'empty',
        data: { messageId: String(from + index) },
        opts: { removeOnComplete: true },
      })),
    )
  }
  const file = fileURLToPath(new URL('stage/empty-worker.ts', import.meta.url))
  const child = fork(file, [stage.redisUrl, String(JOBS), ...(concurrency === undefined ? [] : [String(concurrency)])])
  const ended = once(child, 'exit')
  const [tookMs] = await once(child, 'message')
  await ended
  await queue.obliterate({ force: true })
  await queue.close()
  return (JOBS / Number(tookMs)) * 1_000
}

/** Everything waits and all bots are woken before the sender starts; from its first claim to its last answer. */
async function measureSender(stage: Stage, fleet: Fleet) {
  await stage.queueMessages(fleet, { perChat: 1 })
  await stage.turns.wake(fleet.bots)
  const sender = await stage.startSender(UNLIMITED)
  const before = stage.cpuSeconds(sender)
  await stage.waitUntilSent(fleet, { timeoutMs: 120_000 })
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
    senderCpuUs: microseconds('sender'),
    telegramCpuUs: microseconds('telegram'),
    postgresCpuUs: microseconds('postgres'),
    redisCpuUs: microseconds('redis'),
  }
}
