import type { BenchRow } from '../bench.ts'
import type { Stage } from '../stage/stage.ts'
import { listTelegramIds } from './list-telegram-ids.ts'
import { measure, shareOf } from './measure.ts'

const FULL_PER_SECOND = 30
const LOWERED_PER_SECOND = 20
const CHATS = 300
const BEFORE_MS = 10_000
const SPAN_MS = 10_000
const GOOD_SHARE = 0.85
const TIMEOUT_MS = 240_000

/**
 * One bot at full speed; after ten seconds Telegram takes only two thirds, and says so with nothing but 429s, each wait
 * twice the one before. `recoveredSeconds`: from then until the first ten seconds with 85 % of the new limit begin;
 * `share` of the new limit from thirty seconds after the change on.
 */
export async function measureLoweredLimit(
  stage: Stage,
  { isQuick }: { isQuick: boolean },
): Promise<BenchRow> {
  const { telegram } = stage
  const perChat = isQuick ? 4 : 6
  const fleet = await stage.addFleet({ count: 1, chats: CHATS })
  const sender = await stage.startSender()
  await stage.queueMessages(fleet, { perChat })
  await telegram.ask('clearFaults')
  await telegram.ask('fault', { fault: { kind: 'latency', min_ms: 15, max_ms: 45 } })
  await telegram.ask('settings', {
    flood: { bot: { limit: FULL_PER_SECOND }, penalty: { minSeconds: 1, factor: 2 } },
  })
  await telegram.ask('clearReport')
  await stage.turns.wake(fleet.bots)
  await new Promise((resolve) => setTimeout(resolve, BEFORE_MS))
  await telegram.ask('settings', { flood: { bot: { limit: LOWERED_PER_SECOND } } })
  const loweredAtMs = Date.now()
  await stage.waitUntilSent(fleet, { timeoutMs: TIMEOUT_MS })
  await sender.stop()
  await telegram.ask('settings', {
    flood: { bot: { limit: FULL_PER_SECOND }, penalty: { minSeconds: 2, factor: 1 } },
  })

  const botIds = await listTelegramIds(stage.database, fleet)
  const deliveries = await telegram.ask('deliveries', { botIds, people: CHATS })
  const report = await telegram.ask('report')
  const { lost, reordered, duplicates, seconds } = measure(deliveries, {
    perChat,
    limitPerSecond: LOWERED_PER_SECOND,
  })
  const arrivalsMs = deliveries.flatMap((bot) => bot.arrivalsMs).filter((atMs) => atMs >= loweredAtMs)
  return {
    name: `Postino, 1 bot, 30 ms ± half, limit lowered to ${LOWERED_PER_SECOND}/s`,
    peer: false,
    senders: 1,
    share: shareOf(
      arrivalsMs.filter((atMs) => atMs >= loweredAtMs + 30_000),
      LOWERED_PER_SECOND,
    ),
    recoveredSeconds: recoveredAfterMs(arrivalsMs, loweredAtMs) / 1_000,
    refusals: report.refusals,
    callsInPenalty: report.calls_inside_penalty,
    lost,
    reordered,
    duplicates,
    seconds,
  }
}

/** Infinity when it never was good for so long. */
function recoveredAfterMs(arrivalsMs: number[], sinceMs: number): number {
  const wanted = Math.ceil((LOWERED_PER_SECOND * GOOD_SHARE * SPAN_MS) / 1_000)
  const first = arrivalsMs.find(
    (atMs, index) => (arrivalsMs[index + wanted - 1] ?? Infinity) - atMs <= SPAN_MS,
  )
  return (first ?? Infinity) - sinceMs
}
