import type { BenchRow } from '../bench.ts'
import { WEBHOOK_SECRET, type Fleet } from '../stage/seed.ts'
import type { Stage } from '../stage/stage.ts'
import { seedLinks, type SeededChat } from './seed-links.ts'
import { startPeer } from './start-peer.ts'
import { deliverAll, type Chat } from './webhook-load.ts'

const WARM_UP_CHATS = 200
/** Far beyond the numbers Telegram has given out itself so far. */
const FIRST_UPDATE = 10_000_000

/** One process of the app that serves bots, and beside it a grammY bot that only answers. */
export async function measureThroughput(
  stage: Stage,
  { isQuick, hasPeers }: { isQuick: boolean; hasPeers: boolean },
): Promise<BenchRow[]> {
  // The peer knows no limits, and would end at the first refusal.
  await stage.telegram.ask('settings', { flood: { enabled: false } })
  const fleet = await stage.addFleet(isQuick ? { count: 20, chats: 30 } : { count: 100, chats: 60 })
  const chats = (await seedLinks(stage.database, fleet)).map(chatOf)
  const own = await measureOwn(stage, chats)
  const row = { name: 'updates, Postino: link, /settings, /stop', peer: false, ...own }
  if (!hasPeers) return [row]
  const peer = await measurePeer(stage, fleet, chats)
  return [
    { name: 'updates, a grammY bot that keeps nothing', peer: true, ...peer, ratio: 1 },
    { ...row, ratio: own.perSecond / peer.perSecond },
  ]
}

function chatOf({ telegramId, chatId, token }: SeededChat): Chat {
  const hook = { path: `/telegram/path-${telegramId}`, secret: WEBHOOK_SECRET }
  return { hook, chatId, texts: [`/start ${token}`, '/settings', '/stop'] }
}

async function measureOwn(stage: Stage, chats: Chat[]) {
  const app = await stage.startBotApp()
  await deliverAll(app.url, chats.slice(0, WARM_UP_CHATS), FIRST_UPDATE)
  const measured = chats.slice(WARM_UP_CHATS)
  const before = stage.cpuSeconds(app)
  const result = await deliverAll(app.url, measured, 2 * FIRST_UPDATE)
  const after = stage.cpuSeconds(app)
  await app.stop()
  const count = measured.reduce((sum, { texts }) => sum + texts.length, 0)
  const microseconds = (name: keyof typeof after) => ((after[name] - before[name]) * 1e6) / count
  return { ...result, botCpuUs: microseconds('app'), postgresCpuUs: microseconds('postgres') }
}

async function measurePeer(stage: Stage, fleet: Fleet, chats: Chat[]) {
  const tokens = Object.fromEntries(
    fleet.telegramBots.map(({ id, token }) => [`/telegram/path-${id}`, token]),
  )
  const peer = await startPeer({ apiRoot: stage.telegram.url, tokens, secret: WEBHOOK_SECRET })
  try {
    // A bot asks once who it is, at its first update.
    await deliverAll(peer.url, chats.slice(0, WARM_UP_CHATS), 3 * FIRST_UPDATE)
    return await deliverAll(peer.url, chats.slice(WARM_UP_CHATS), 4 * FIRST_UPDATE)
  } finally {
    await peer.stop()
  }
}
