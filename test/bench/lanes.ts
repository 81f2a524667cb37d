import { attemptsOf } from '@postino/database'
import { loadavg } from 'node:os'
import { sql } from 'kysely'
import type { Bench, BenchRow } from './bench.ts'
import { percentile } from './percentile.ts'
import type { Fleet } from './stage/seed.ts'
import { openStage, type Stage } from './stage/stage.ts'

const LATENCY_MS = 30
const BULK_CHATS = 20_000
const BULK_PER_CHAT = 5
const QUIET_CHATS = 500
const PER_SECOND = 5
// The first few of a process are not like the others.
const WARM_UP = 50
const TIMEOUT_MS = 30_000

/**
 * Transactional messages, queued at random moments, of a bot in the middle of 100,000 bulk messages and of another bot,
 * which was alone before. From queued, Postgres's time of the row, to Telegram's answer. `--quick`: a fifth of them.
 */
export const lanes: Bench = async ({ say, isQuick }) => {
  await using stage = await openStage()
  await stage.telegram.ask('fault', {
    fault: { kind: 'latency', min_ms: LATENCY_MS / 2, max_ms: LATENCY_MS * 1.5 },
  })
  const count = isQuick ? 100 : 500
  say(`${BULK_CHATS * BULK_PER_CHAT} bulk messages are made ready …`)
  const busy = await stage.addFleet({ count: 1, chats: BULK_CHATS })
  const quiet = await stage.addFleet({ count: 1, chats: QUIET_CHATS })
  await stage.queueMessages(busy, { perChat: BULK_PER_CHAT, lane: 2 })
  await stage.startSender()

  say(`${count} messages of a bot while nothing else happens …`)
  await queueAtRandom(stage, [quiet], WARM_UP + count)
  const idle = figuresOf((await readLatencies(stage, quiet)).slice(WARM_UP))

  say(`${count} more, and ${count} of a bot in the middle of its bulk …`)
  await stage.turns.wake(busy.bots)
  await queueAtRandom(stage, [quiet, busy], count)
  const beside = figuresOf((await readLatencies(stage, quiet)).slice(WARM_UP + count))
  const between = figuresOf(await readLatencies(stage, busy))
  const waiting = await countWaiting(stage, busy)
  const row = (name: string, figures: Figures): BenchRow => ({
    name,
    peer: false,
    ...figures,
  })
  return [
    row('lane 0 of a bot, nothing else happening', idle),
    {
      ...row('lane 0 of that bot, another in the middle of its bulk', beside),
      ratio: beside.p99Ms / idle.p99Ms,
    },
    { ...row('lane 0 of the bot in the middle of its bulk', between), bulkWaiting: waiting },
  ]
}

/** As the renderer does: the row, its commit, then a wake. At moments that know nothing of one another. */
async function queueAtRandom(stage: Stage, fleets: Fleet[], count: number): Promise<void> {
  const ended: Promise<void>[] = []
  for (let sent = 0; sent < count; sent++) {
    for (const fleet of fleets) ended.push(queueAfter(stage, fleet, sent * (1_000 / PER_SECOND)))
  }
  await Promise.all(ended)
  for (const fleet of fleets) await waitUntilAnswered(stage, fleet)
}

async function queueAfter(stage: Stage, fleet: Fleet, slotMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, slotMs + (Math.random() * 1_000) / PER_SECOND))
  const chat = 1 + Math.floor(Math.random() * fleet.chats)
  await sql`
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane, status, bot_id, contact_id,
      registration_id, chat_id, content, queued_at)
    select shop_id, nextval(pg_get_serial_sequence('events', 'id')), 'lane-0', 'customer', 'order.status_changed', 'paid',
      'order_updates', 0, 'queued', bot_id, contact_id, id, chat_id,
      '{"html": "Your order is on its way", "buttons": [], "silent": false}'::jsonb, clock_timestamp()
    from registrations where shop_id = ${fleet.shopId} and chat_id = ${chat}`.execute(stage.database)
  await stage.turns.wake(fleet.bots)
}

async function waitUntilAnswered({ database }: Stage, { shopId }: Fleet): Promise<void> {
  const untilMs = performance.now() + TIMEOUT_MS
  for (;;) {
    const open = await database
      .selectFrom('messages')
      .select('id')
      .where('shop_id', '=', shopId)
      .where('lane', '=', 0)
      .where('status', 'in', ['queued', 'sending'])
      .limit(1)
      .execute()
    if (open.length === 0) return
    if (performance.now() > untilMs) throw new Error(`not all of lane 0 was sent within ${TIMEOUT_MS} ms`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** In the order in which they were queued. */
async function readLatencies({ database }: Stage, { shopId }: Fleet): Promise<number[]> {
  const { rows } = await sql<{ latencyMs: number }>`
    select (extract(epoch from attempt.ended_at - message.queued_at) * 1000)::float8 as "latencyMs"
    from messages message cross join lateral (${attemptsOf()}) attempt
    where message.shop_id = ${shopId} and message.lane = 0 and attempt.outcome = 'sent'
    order by message.queued_at`.execute(database)
  return rows.map(({ latencyMs }) => latencyMs)
}

async function countWaiting({ database }: Stage, { shopId }: Fleet): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from messages where shop_id = ${shopId} and status = 'queued'`.execute(
    database,
  )
  return rows[0]?.waiting ?? 0
}

interface Figures {
  messages: number
  p50Ms: number
  p99Ms: number
  maxMs: number
  /** Of the machine. */
  load: number
}

function figuresOf(samples: number[]): Figures {
  return {
    messages: samples.length,
    p50Ms: percentile(samples, 0.5),
    p99Ms: percentile(samples, 0.99),
    maxMs: Math.max(...samples),
    load: loadavg()[0] ?? 0,
  }
}
