import { loadavg } from 'node:os'
import type { Bench, BenchRow } from './bench.ts'
import { measureLoweredLimit } from './flood/lowered-limit.ts'
import { measure, type FloodFigures } from './flood/measure.ts'
import { PEERS, runPeer, type Peer } from './flood/peers.ts'
import { listTelegramIds } from './flood/list-telegram-ids.ts'
import { openStage, type Stage } from './stage/stage.ts'

interface Course {
  bots: number
  latencyMs: number
  perChat: number
}

const CHATS = 200
const LIMIT_PER_SECOND = 30
const TIMEOUT_MS = 240_000

/**
 * How much of the limit is used, and whether it is ever overrun: by Postino with one and two senders, and by what people
 * use today, against the same emulator. `--quick`: one bot, 200 messages of it, one sender.
 */
export const flood: Bench = async ({ say, isQuick, hasPeers }) => {
  await using stage = await openStage()
  await stage.telegram.ask('settings', {
    keptRequests: 200_000,
    // The shortest wait that bots report of Telegram, and never a longer one: doubled with every offence, as the emulator
    // has it, it would keep the peers for hours.
    flood: { penalty: { minSeconds: 2, factor: 1 } },
  })
  const courses = [1, 20].flatMap((bots) =>
    [30, 80].map((latencyMs) => ({ bots, latencyMs, perChat: isQuick ? 1 : 3 })),
  )
  const rows: BenchRow[] = []
  for (const course of courses.filter(({ bots }) => !isQuick || bots === 1)) {
    for (const senders of isQuick ? [1] : [1, 2]) {
      say(`${nameOf(course)}, ${senders} sender${senders === 1 ? '' : 's'} …`)
      rows.push(await measureSenders(stage, course, senders))
    }
    for (const peer of hasPeers ? PEERS : []) {
      say(`${nameOf(course)}, ${peer} …`)
      rows.push(await measurePeer(stage, course, peer))
    }
  }
  say('The limit is lowered to 20 a second without a word …')
  rows.push(await measureLoweredLimit(stage, { isQuick }))
  return rows
}

async function measureSenders(stage: Stage, course: Course, count: number): Promise<BenchRow> {
  const fleet = await stage.addFleet({ count: course.bots, chats: CHATS })
  const senders = await Promise.all(Array.from({ length: count }, () => stage.startSender()))
  await stage.queueMessages(fleet, course)
  await beginCourse(stage, course)
  await stage.turns.wake(fleet.bots)
  await stage.waitUntilSent(fleet, { timeoutMs: TIMEOUT_MS })
  await Promise.all(senders.map((sender) => sender.stop()))
  const figures = await readFigures(stage, await listTelegramIds(stage.database, fleet), course)
  return { name: `Postino, ${nameOf(course)}`, peer: false, senders: count, ...figures }
}

async function measurePeer(stage: Stage, course: Course, peer: Peer): Promise<BenchRow> {
  const { bots, perChat } = course
  const added = await stage.telegram.ask('addBots', { count: bots, people: CHATS })
  await beginCourse(stage, course)
  const tokens = added.map(({ token }) => token)
  await runPeer(peer, { apiRoot: stage.telegram.url, tokens, chats: CHATS, perChat })
  const figures = await readFigures(
    stage,
    added.map(({ id }) => id),
    course,
  )
  return { name: `${peer}, ${nameOf(course)}`, peer: true, senders: 1, ...figures }
}

/** A latency uniform between half of it and one and a half times it, and an empty log. */
async function beginCourse({ telegram }: Stage, { latencyMs }: Course): Promise<void> {
  await telegram.ask('clearFaults')
  await telegram.ask('fault', {
    fault: { kind: 'latency', min_ms: latencyMs / 2, max_ms: latencyMs * 1.5 },
  })
  await telegram.ask('clearReport')
}

async function readFigures(
  { telegram }: Stage,
  botIds: number[],
  { perChat }: Course,
): Promise<FloodFigures & Record<'refusals' | 'callsInPenalty' | 'peakPerSecond' | 'load', number>> {
  const deliveries = await telegram.ask('deliveries', { botIds, people: CHATS })
  const report = await telegram.ask('report')
  const own = report.bots.filter((bot) => botIds.includes(bot.bot_id))
  const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0)
  return {
    ...measure(deliveries, { perChat, limitPerSecond: LIMIT_PER_SECOND }),
    refusals: total(own.map(({ refusals }) => refusals)),
    callsInPenalty: total(own.map((bot) => bot.calls_inside_penalty)),
    peakPerSecond: Math.max(...own.map((bot) => bot.peak_per_second)),
    // Of the machine, when the course was over: what else ran on it shows in the shares.
    load: loadavg()[0] ?? 0,
  }
}

function nameOf({ bots, latencyMs }: Course): string {
  return `${bots} bot${bots === 1 ? '' : 's'}, ${latencyMs} ms ± half`
}
