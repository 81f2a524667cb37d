import { sql } from 'kysely'
import type { BenchRow } from './bench.ts'
import type { Fleet } from './stage/seed.ts'
import type { Stage } from './stage/stage.ts'

const BOTS = 1_000
// In turn, so that no chat gets more than one message in two seconds.
const CHATS = 10
const WANTED_PER_SECOND = 5
const WARM_UP_SECONDS = 5

/**
 * A thousand bots, each given five messages a second for a while, limits on. Together they may want more than this machine
 * can do: then each is to get the same. What is sent in the measured time counts, bot by bot.
 */
export async function measureFairness(stage: Stage, { seconds }: { seconds: number }): Promise<BenchRow> {
  await stage.telegram.ask('settings', { flood: { enabled: true } })
  await stage.telegram.ask('clearReport')
  const fleet = await stage.addFleet({ count: BOTS, chats: CHATS })
  const sender = await stage.startSender()
  const startedAtMs = performance.now()
  for (let second = 0; second < WARM_UP_SECONDS + seconds; second++) {
    await giveEachBotSome(stage, fleet, second)
    const restMs = startedAtMs + (second + 1) * 1_000 - performance.now()
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs))
  }
  const { rows } = await sql<{ sent: number }>`
    select count(message.id)::int as sent
    from bots bot left join messages message on message.bot_id = bot.id and message.status = 'sent'
      and message.ended_at > now() - ${seconds} * interval '1 second'
    where bot.shop_id = ${fleet.shopId} group by bot.id`.execute(stage.database)
  const report = await stage.telegram.ask('report')
  await sender.stop()
  const sent = rows.map((row) => row.sent)
  const total = sent.reduce((sum, one) => sum + one, 0)
  return {
    name: `${BOTS} bots, ${WANTED_PER_SECOND} messages/s wanted by each, limits on`,
    peer: false,
    perSecond: total / seconds,
    share: total / (BOTS * WANTED_PER_SECOND * seconds),
    jain: jainIndex(sent),
    least: Math.min(...sent),
    most: Math.max(...sent),
    refusals: report.refusals,
    callsInPenalty: report.calls_inside_penalty,
  }
}

/** Each bot's next five chats get a message, as a renderer would queue it, and the bots are woken. */
async function giveEachBotSome({ database, turns }: Stage, fleet: Fleet, second: number): Promise<void> {
  const firstChat = (second * WANTED_PER_SECOND) % CHATS
  await sql`
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane, status, bot_id, contact_id,
      registration_id, chat_id, content, queued_at)
    select ${fleet.shopId}, nextval(pg_get_serial_sequence('events', 'id')), registration.bot_id || '-' || chat_id,
      'customer', 'order.status_changed', 'paid', 'order_updates', 0, 'queued', registration.bot_id, contact_id,
      registration.id, chat_id,
      jsonb_build_object('html', 'Message of second ' || ${second}::int, 'buttons', '[]'::jsonb, 'silent', false), now()
    from registrations registration
    where registration.shop_id = ${fleet.shopId} and chat_id > ${firstChat} and chat_id <= ${firstChat + WANTED_PER_SECOND}
    order by chat_id, registration.bot_id`.execute(database)
  await turns.wake(fleet.bots)
}

/** 1 when all got the same, 1/n when one got all (Jain, Chiu, Hawe 1984). */
function jainIndex(values: number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  const squares = values.reduce((total, value) => total + value * value, 0)
  return squares === 0 ? 0 : (sum * sum) / (values.length * squares)
}
