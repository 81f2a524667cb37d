import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { demoEvents, type DemoEvent } from '../demo/demo-events.ts'
import { openDataFolder } from '../demo/data-folder.ts'
import type { DemoShop } from '../demo/demo-shop.ts'
import { createEmulatorClient, type EmulatorClient } from '../demo/emulator-client.ts'
import { optIn } from '../demo/opt-in.ts'
import { printTable } from '../print-table.ts'
import { startWithDemoShop, type Say } from './up.ts'
import { CommandFailure } from '../command-failure.ts'

const ANY_PORTS = { ingest: 0, emulator: 0, bot: 0 }
const ARRIVAL_LIMIT_MS = 20_000
const POLL_MS = 10
/** After the last arrival; a message that comes twice comes within this time. */
const SETTLE_MS = 500

/** All nine kinds through the whole of Postino without a person. True when each one arrived, right and once. */
export async function demo({ say }: { say: Say }): Promise<boolean> {
  const folder = openDataFolder(mkdtempSync(join(tmpdir(), 'postino-demo-')))
  say('Starting Postgres, Redis, the Telegram emulator and all apps …')
  const { cluster, shop } = await startWithDemoShop({ folder, ports: ANY_PORTS, keep: false, say })
  try {
    if (cluster.emulatorUrl === undefined) {
      throw new CommandFailure('the demo needs the emulator: unset TELEGRAM_API_ROOT and TELEGRAM_BOT_TOKEN')
    }
    const emulator = createEmulatorClient(cluster.emulatorUrl)
    const isRight = await play({ emulator, ingestUrl: cluster.ingestUrl, shop, say })
    if (isRight) folder.remove()
    else say(`The logs are in ${folder.logs}.`)
    return isRight
  } catch (error) {
    throw new CommandFailure(`the demo broke off; the logs are in ${folder.logs}`, { cause: error })
  } finally {
    await cluster.stop()
  }
}

interface Play {
  emulator: EmulatorClient
  ingestUrl: string
  shop: DemoShop
  say: Say
}

interface Row {
  kind: string
  recipient: string
  firstLine: string
  ms: number | undefined
  isRight: boolean
}

async function play(stage: Play): Promise<boolean> {
  const { emulator, shop, say } = stage
  const bot = await emulator.findBot(shop.botUsername)
  const chatOf = new Map(shop.people.map((person) => [person.externalId, `${bot.id}:${person.telegramId}`]))
  await Promise.all(
    shop.people.map(({ externalId, telegramId = 0, link }) =>
      optIn(emulator, { telegramId, link, chat: chatOf.get(externalId) ?? '' }),
    ),
  )
  say(`${shop.people.length} people pressed START and agreed. One event of every kind, over HTTP:`)
  const rows: Row[] = []
  for (const event of demoEvents(String(Date.now()))) rows.push(...(await report(stage, event, chatOf)))
  await sleep(SETTLE_MS)
  const { duplicate_count: duplicates } = await emulator.readReport()
  printTable(say, [
    ['kind', 'recipient', 'first line', 'ms'],
    ...rows.map(({ kind, recipient, firstLine, ms, isRight }) => [
      kind,
      recipient,
      isRight ? firstLine : `MISSING OR WRONG: ${firstLine}`,
      ms === undefined ? '–' : ms.toFixed(1),
    ]),
  ])
  const isRight = rows.every((row) => row.isRight) && duplicates === 0
  say(
    isRight
      ? `All ${rows.length} messages arrived, right and once.`
      : `Not all is well; messages twice: ${duplicates}.`,
  )
  return isRight
}

/** Posts an event and waits until each of its messages is in its chat. */
async function report(stage: Play, event: DemoEvent, chatOf: ReadonlyMap<string, string>): Promise<Row[]> {
  const { emulator, ingestUrl, shop } = stage
  const before = await emulator.lastRequest()
  const response = await fetch(`${ingestUrl}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.apiKey}`, 'content-type': 'application/cloudevents+json' },
    body: event.body,
  })
  if (response.status !== 202)
    throw new Error(`${event.kind} was answered ${response.status}: ${await response.text()}`)
  const acceptedAtMs = await readAcceptance(stage, event.id)
  return await Promise.all(
    event.recipients.map(async (recipient) => {
      const chat = chatOf.get(recipient) ?? ''
      const row = {
        kind: event.kind,
        recipient: shop.people.find((person) => person.externalId === recipient)?.firstName ?? recipient,
      }
      const call = await waitForCall(emulator, { after: before, chatId: chat.split(':')[1] ?? '' })
      if (call === undefined) return { ...row, firstLine: '', ms: undefined, isRight: false }
      const last = (await emulator.readMessages(chat)).at(-1)
      const firstLine = last?.text?.split('\n')[0] ?? ''
      // What no text must ever show: markup that was not understood, or a value that was missing.
      const isRight = firstLine !== '' && !/[{}<>]|undefined|null|\[object/.test(last?.text ?? '')
      return { ...row, firstLine, ms: call.at_ms - acceptedAtMs, isRight }
    }),
  )
}

async function readAcceptance({ ingestUrl, shop }: Play, eventId: string): Promise<number> {
  const response = await fetch(`${ingestUrl}/v1/events/${encodeURIComponent(eventId)}`, {
    headers: { authorization: `Bearer ${shop.apiKey}` },
  })
  const { events } = (await response.json()) as { events: { accepted_at: string }[] }
  return Date.parse(events[0]?.accepted_at ?? '')
}

async function waitForCall(emulator: EmulatorClient, wanted: { after: number; chatId: string }) {
  const deadlineMs = performance.now() + ARRIVAL_LIMIT_MS
  while (performance.now() < deadlineMs) {
    const calls = await emulator.readRequests(wanted.after)
    const call = calls.find(
      (entry) => entry.method === 'sendMessage' && entry.chat_id === wanted.chatId && entry.status === 200,
    )
    if (call !== undefined) return call
    await sleep(POLL_MS)
  }
  return undefined
}
