import { setTimeout as sleep } from 'node:timers/promises'
import { formatTable } from '../format-table.ts'
import type { DemoPerson } from '../local/demo-shop.ts'
import { demoEvents } from './demo-events.ts'
import { optIn } from './opt-in.ts'
import { report, type Row } from './report.ts'
import type { Stage } from './stage.ts'
import { waitUntilCalm } from './wait-until-calm.ts'

/** After the last arrival: a message that comes twice comes within this time. */
const SETTLE_MS = 500

/** Everybody opts in, one event of every kind is reported, and a table tells. True when each message arrived, right and once. */
export async function play(stage: Stage): Promise<boolean> {
  const { emulator, shop, say } = stage
  await Promise.all(shop.people.map((person) => optIn(emulator, person)))
  await waitUntilCalm(emulator)
  say(`${shop.people.length} people pressed START and agreed. One event of every kind, over HTTP:`)
  const before = await countMessages(stage)
  const rows: Row[] = []
  for (const event of demoEvents(String(Date.now()))) rows.push(...(await report(stage, event)))
  await sleep(SETTLE_MS)
  const after = await countMessages(stage)
  say('')
  const table = [['kind', 'recipient', 'first line', 'ms'], ...rows.map(cellsOf)]
  for (const line of formatTable(table)) say(`  ${line}`)
  say('')
  say('ms: from acceptance to Telegram. The first ones are a cold start: every app has just begun.')
  return conclude(stage, rows, after - before)
}

function cellsOf({ kind, recipient, firstLine, ms, problem }: Row): string[] {
  return [kind, recipient, problem === undefined ? firstLine : `✗ ${problem}`, ms?.toFixed(1) ?? '–']
}

function conclude({ say }: Stage, rows: readonly Row[], arrivedCount: number): boolean {
  const right = rows.filter(({ problem }) => problem === undefined)
  const isRight = right.length === rows.length && arrivedCount === rows.length
  if (isRight) say(`All ${rows.length} messages arrived, right and once.`)
  else
    say(
      `Of ${rows.length} messages ${right.length} arrived right; ${arrivedCount} came into the chats in all.`,
    )
  return isRight
}

/** What bots have written into the chats so far. */
async function countMessages({ emulator, shop }: Stage): Promise<number> {
  const counts = await Promise.all(
    shop.people.map(async (person) => {
      const messages = await emulator.readMessages(chatOf(person))
      return messages.filter(({ from }) => from.is_bot).length
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

export function chatOf({ phone }: DemoPerson): string {
  return phone?.chat ?? ''
}
