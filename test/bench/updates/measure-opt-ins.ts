import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchRow } from '../bench.ts'
import { percentile } from '../percentile.ts'
import type { Stage } from '../stage/stage.ts'
import { seedLinks, type SeededChat } from './seed-links.ts'

const BOTS = 20
const UPDATES_PER_SECOND = 100
/** Between an answer and the next act of the same person: a chat takes one message a second. */
const READING_MS = 3_000
const LAST_ANSWERS_MS = 2_000
/** The first of them run through code that node has yet to compile. */
const WARM_UP_SECONDS = 5

interface Act {
  kind: 'start' | 'tap'
  botId: number
  chatId: number
  atMs: number
}

/** Half of the updates are START with a link, half the tap that grants; all of it by way of the emulator's webhooks. */
export async function measureOptIns(stage: Stage, { seconds }: { seconds: number }): Promise<BenchRow[]> {
  await stage.telegram.ask('settings', { flood: { enabled: true } })
  const people = Math.ceil(((WARM_UP_SECONDS + seconds) * UPDATES_PER_SECOND) / 2 / BOTS)
  const fleet = await stage.addFleet({ count: BOTS, chats: people })
  const chats = await seedLinks(stage.database, fleet)
  const app = await stage.startBotApp()
  await waitForWebhooks(stage)
  await stage.telegram.ask('clearReport')
  const performed = await perform(stage, chats)
  const acts = performed.slice(WARM_UP_SECONDS * UPDATES_PER_SECOND)
  await sleep(LAST_ANSWERS_MS)
  const calls = await listCalls(stage)
  await app.stop()

  const delays = (kind: Act['kind'], method: string) =>
    acts
      .filter((act) => act.kind === kind)
      .map(({ botId, chatId, atMs }) => {
        const answer = calls.find(
          (call) =>
            call.method === method &&
            call.bot_id === botId &&
            call.at_ms >= atMs &&
            (call.chat_id === undefined || call.chat_id === String(chatId)),
        )
        return answer === undefined ? Number.POSITIVE_INFINITY : answer.at_ms - atMs
      })
  return [
    rowOf('START → question, 100 updates/s, 20 bots', delays('start', 'sendMessage')),
    rowOf('tap → confirmation, 100 updates/s, 20 bots', delays('tap', 'answerCallbackQuery')),
  ]
}

/** Everybody presses START in turn and taps some seconds later; the pace is kept whatever the answers take. */
async function perform(stage: Stage, chats: SeededChat[]): Promise<Act[]> {
  const acts: Promise<Act>[] = []
  const gapMs = (2 * 1_000) / UPDATES_PER_SECOND
  const startedMs = performance.now()
  await Promise.all(
    chats.map(async ({ telegramId, chatId, token }, index) => {
      const botId = Number(telegramId)
      const place = { bot: botId, person: chatId }
      await sleep(Math.max(0, startedMs + index * gapMs - performance.now()))
      acts.push(
        stage.telegram
          .ask('start', { ...place, parameter: token })
          .then((atMs) => ({ kind: 'start', botId, chatId, atMs })),
      )
      await sleep(READING_MS)
      acts.push(stage.telegram.ask('tap', place).then((atMs) => ({ kind: 'tap', botId, chatId, atMs })))
    }),
  )
  return (await Promise.all(acts)).toSorted((a, b) => a.atMs - b.atMs)
}

async function waitForWebhooks(stage: Stage): Promise<void> {
  for (;;) {
    const calls = await listCalls(stage)
    if (calls.filter(({ method }) => method.toLowerCase() === 'setmycommands').length >= 3 * BOTS) return
    await sleep(100)
  }
}

async function listCalls(stage: Stage) {
  const calls = []
  let after = 0
  for (;;) {
    const page = await stage.telegram.ask('requests', { after })
    if (page.length === 0) return calls.toSorted((a, b) => a.at_ms - b.at_ms)
    calls.push(...page)
    after = page.at(-1)?.serial ?? after
  }
}

function rowOf(name: string, samples: number[]): BenchRow {
  return {
    name,
    peer: false,
    updates: samples.length,
    p50Ms: percentile(samples, 0.5),
    p99Ms: percentile(samples, 0.99),
    maxMs: Math.max(...samples),
  }
}
