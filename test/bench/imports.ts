import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { importRegistrations, upsertContact, type Database } from '@postino/database'
import { readRegistrations } from '@postino/imports'
import type { Turn } from '@postino/queues'
import type { Bench, BenchRow } from './bench.ts'
import { openStage, type Stage } from './stage/stage.ts'

const CONTACTS = 1_000_000
const REGISTRATIONS = 20_000
const PROCESS = fileURLToPath(new URL('../integration/contact-import-process.ts', import.meta.url))
const PROBE_EVERY_MS = 50

/**
 * How long files take, and in how much memory; of 100 lines of contacts five are broken. Beside them somebody of the shop's
 * book is changed every 50 ms, as the bot would do it: `longestWaitMs` is how long that was held up.
 */
export const imports: Bench = async ({ say, isQuick }) => {
  await using stage = await openStage()
  const { bots } = await stage.addFleet({ count: 1, chats: 1 })
  const [bot] = bots
  if (bot === undefined) throw new Error('the fleet has no bot')
  const lines = isQuick ? CONTACTS / 10 : CONTACTS
  const rows: BenchRow[] = []
  for (const name of ['contacts, all new', 'the same file again']) {
    say(`${lines} lines: ${name} …`)
    rows.push({ name, lines, ...(await measureContacts(stage, bot.shopId, lines)) })
  }
  const chats = isQuick ? REGISTRATIONS / 10 : REGISTRATIONS
  say(`${chats} registrations with their proof …`)
  rows.push(await measureRegistrations(stage.database, bot, chats))
  return rows
}

async function measureContacts(
  { database, databaseUrl }: Stage,
  shopId: string,
  lines: number,
): Promise<BenchRow> {
  const imported = promisify(execFile)(process.execPath, [PROCESS, databaseUrl, shopId, String(lines)])
  const isOver = imported.then(
    () => true,
    () => true,
  )
  let longestWaitMs = 0
  do {
    const askedAt = performance.now()
    await upsertContact(database, shopId, { externalId: 'c-1', firstName: String(askedAt) })
    longestWaitMs = Math.max(longestWaitMs, performance.now() - askedAt)
  } while (!(await Promise.race([isOver, sleep(PROBE_EVERY_MS, false)])))
  const { seconds, mostHeapBytes, mostMemoryBytes } = Object(JSON.parse((await imported).stdout))
  const megabytes = { heapMb: mostHeapBytes / 1e6, processMb: mostMemoryBytes / 1e6 }
  return { seconds, linesPerSecond: lines / seconds, ...megabytes, longestWaitMs }
}

async function measureRegistrations(
  database: Database,
  { shopId, botId }: Turn,
  lines: number,
): Promise<BenchRow> {
  async function* makeFile() {
    yield 'chat_id,external_id,purposes,date,source,wording,reference\n'
    const proof = 'order_updates documents,2026-03-01,checkout,We write to you on Telegram about your orders.'
    for (let line = 0; line < lines; line += 1) yield `${1_000_000 + line},c-${line},${proof},form ${line}\n`
  }
  const startedAt = performance.now()
  await importRegistrations(database, shopId, {
    botId,
    actor: 'bench',
    batches: readRegistrations(makeFile(), Date.now()),
    onIssues: () => undefined,
  })
  const seconds = (performance.now() - startedAt) / 1_000
  return { name: 'registrations, two purposes each', lines, seconds, linesPerSecond: lines / seconds }
}
