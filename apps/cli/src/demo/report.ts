import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoEvent } from './demo-events.ts'
import type { Stage } from './stage.ts'

const ARRIVAL_LIMIT_MS = 20_000
const POLL_MS = 10

/** A message of the demo, as it arrived or as it did not. */
export interface Row {
  kind: string
  recipient: string
  firstLine: string
  /** From acceptance to Telegram. */
  ms: number | undefined
  problem: string | undefined
}

/** What the trail of an event tells, the part that is looked at. */
interface Trail {
  accepted_at: string
  messages: TrailMessage[]
}

interface TrailMessage {
  recipient: string
  status: string
  reason?: { code: string; text: string }
  telegram_message_id?: string
  ended_at?: string
}

/** Reports an event over HTTP and waits until its trail tells the end of each of its messages. */
export async function report(stage: Stage, event: DemoEvent): Promise<Row[]> {
  const { last: before } = await stage.emulator.readRequests(Number.MAX_SAFE_INTEGER)
  const response = await ask(stage, '', { method: 'POST', body: event.body })
  if (response.status !== 202) {
    throw new Error(`${event.kind} was answered ${response.status}: ${await response.text()}`)
  }
  const trail = await waitForEnd(stage, event.id)
  return await Promise.all(
    event.recipients.map((recipient) => toRow(stage, { event, recipient, trail, before })),
  )
}

function ask({ ingestUrl, shop }: Stage, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${ingestUrl}/v1/events${path}`, {
    ...init,
    headers: { authorization: `Bearer ${shop.apiKey}`, 'content-type': 'application/cloudevents+json' },
    signal: AbortSignal.timeout(ARRIVAL_LIMIT_MS),
  })
}

/** The trail when every message has ended, or as it is when that takes too long. */
async function waitForEnd(stage: Stage, eventId: string): Promise<Trail> {
  const deadlineMs = performance.now() + ARRIVAL_LIMIT_MS
  for (;;) {
    const response = await ask(stage, `/${encodeURIComponent(eventId)}`)
    const { events } = (await response.json()) as { events: Trail[] }
    const [trail] = events
    if (trail === undefined) throw new Error(`the event ${eventId} was accepted and is not there`)
    const hasEnded = trail.messages.every((message) => message.ended_at !== undefined)
    if (hasEnded || performance.now() > deadlineMs) return trail
    await sleep(POLL_MS)
  }
}

async function toRow(
  { emulator, shop }: Stage,
  { event, recipient, trail, before }: { event: DemoEvent; recipient: string; trail: Trail; before: number },
): Promise<Row> {
  const person = shop.people.find(({ externalId }) => externalId === recipient)
  const row = { kind: event.kind, recipient: person?.firstName ?? recipient, firstLine: '', ms: undefined }
  const message = trail.messages.find((each) => each.recipient === recipient)
  if (message?.status !== 'sent' || person?.phone === undefined) {
    return {
      ...row,
      problem: `${message?.status ?? 'no message'}: ${message?.reason?.text ?? 'not sent in time'}`,
    }
  }
  const { chat, personId } = person.phone
  const arrived = (await emulator.readMessages(chat)).find(
    ({ message_id: id }) => String(id) === message.telegram_message_id,
  )
  const { requests } = await emulator.readRequests(before)
  const call = requests.find(
    ({ method, chat_id: chatId, status }) =>
      method === 'sendMessage' && chatId === String(personId) && status === 200,
  )
  return {
    ...row,
    firstLine: arrived?.text?.split('\n')[0] ?? '',
    ms: call && call.at_ms - Date.parse(trail.accepted_at),
    problem: problemOf(arrived?.text),
  }
}

/** What no text must ever show: markup that was not understood, or a value that was missing. */
function problemOf(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return 'not in the chat'
  return /[{}<>]|\b(?:undefined|null|NaN)\b|\[object/.test(text) ? `badly rendered: ${text}` : undefined
}
