import { attemptsOf } from '@postino/database'
import { exampleAt } from '@postino/domain'
import { sql } from 'kysely'
import { startTrialShop, type TrialShop } from '../support/start-trial-shop.ts'
import { percentile } from './percentile.ts'
import type { Bench } from './bench.ts'

const PEOPLE = 40
const WARM_UP = 100
const MEASURED = 500
// Below the 30 a second of a bot: this is about latency, not about the flood pace.
const PAUSE_MS = 50

/**
 * From acceptance (Postgres's time of the event) to the emulator's receipt of the call, one event at a time on an idle
 * system. The flood limits stay on; there are people enough for nobody to reach them.
 */
export const latency: Bench = async ({ say }) => {
  say(`Starting everything; ${WARM_UP} events to warm up, then ${MEASURED} measured, one at a time …`)
  const trial = await startTrialShop()
  try {
    for (let person = 0; person < PEOPLE; person++) {
      const telegramId = 1_000 + person
      await trial.addRegistered({ externalId: `c-${person}`, telegramId, firstName: 'Ada', locale: 'en-GB' })
    }
    const samples: number[] = []
    for (let index = 0; index < WARM_UP + MEASURED; index++) {
      const ms = await measureOne(trial, index)
      if (index >= WARM_UP) samples.push(ms)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    const row = {
      name: 'accepted → Telegram, idle, one at a time',
      events: samples.length,
      p50Ms: percentile(samples, 0.5),
      p90Ms: percentile(samples, 0.9),
      p99Ms: percentile(samples, 0.99),
      maxMs: Math.max(...samples),
    }
    return [row, ...(await stageRows(trial))]
  } finally {
    await trial.stop()
  }
}

async function measureOne(trial: TrialShop, index: number): Promise<number> {
  const person = index % PEOPLE
  const { last } = (await trial.emulator('GET', '/requests?limit=1')) as { last: number }
  const example = exampleAt('order.status_changed', Date.now())
  const id = `latency-${index}`
  const event = { ...example, id, data: { ...example.data, to: [{ external_id: `c-${person}` }] } }
  const response = await trial.post(event)
  if (response.status !== 202) throw new Error(`answered ${response.status}: ${await response.text()}`)
  const receivedAtMs = await waitForCall(trial, { after: last, chatId: String(1_000 + person) })
  return receivedAtMs - (await acceptedAtMs(trial, id))
}

async function waitForCall(trial: TrialShop, wanted: { after: number; chatId: string }): Promise<number> {
  for (;;) {
    const { requests } = (await trial.emulator('GET', `/requests?after=${wanted.after}&limit=100`)) as {
      requests: { at_ms: number; method: string; chat_id?: string; status: number }[]
    }
    const call = requests.find(
      ({ method, chat_id: chatId }) => method === 'sendMessage' && chatId === wanted.chatId,
    )
    if (call !== undefined) return call.at_ms
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

async function acceptedAtMs(trial: TrialShop, eventId: string): Promise<number> {
  const row = await trial.database
    .selectFrom('events')
    .select('accepted_at')
    .where('shop_id', '=', trial.shopId)
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow()
  return row.accepted_at.getTime()
}

/** Where the time goes, from Postgres's own times of each step. */
async function stageRows(trial: TrialShop) {
  const { rows } = await sql<{ accepted: number; queued: number; claimed: number }>`
    select (extract(epoch from message.queued_at - message.accepted_at) * 1000)::float8 as accepted,
      (extract(epoch from message.claimed_at - message.queued_at) * 1000)::float8 as queued,
      (extract(epoch from attempt.started_at - message.claimed_at) * 1000)::float8 as claimed
    from messages message cross join lateral (${attemptsOf()}) attempt
    where message.shop_id = ${trial.shopId} order by message.id desc limit ${MEASURED}`.execute(
    trial.database,
  )
  const stages = {
    'accepted → queued': 'accepted',
    'queued → claimed': 'queued',
    'claimed → called': 'claimed',
  } as const
  return Object.entries(stages).map(([name, column]) => {
    const samples = rows.map((row) => row[column])
    return {
      name: `  of which ${name}`,
      events: samples.length,
      p50Ms: percentile(samples, 0.5),
      p90Ms: percentile(samples, 0.9),
      p99Ms: percentile(samples, 0.99),
      maxMs: Math.max(...samples),
    }
  })
}
