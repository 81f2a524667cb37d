import { isUtf8 } from 'node:buffer'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { MAX_BATCH_EVENTS, MAX_EVENT_BYTES, structuredFromHeaders, type EventIssue } from '@postino/domain'
import {
  decodeBody,
  malformedJson,
  outlineBody,
  ProblemError,
  PROBLEMS,
  scanBody,
  scanPart,
  skipSpace,
  tooLarge,
  type BodyPart,
  type OutlinedPart,
} from '@postino/http'
import { EVENT_PROBLEMS } from '../problem/event-problems.ts'
import { BATCH_TYPE, CLOUD_EVENT_TYPE, JSON_TYPE, type EventMediaType } from './event-media-types.ts'
import { readEvent, readPlainPart, type ReadEvent, type Reading } from './read-event.ts'

export interface ReadEvents {
  isBatch: boolean
  /** In the order of the body; exactly one when it is no batch. */
  events: ReadEvent[]
}

export interface EventsBody {
  bytes: Buffer
  type: EventMediaType
  /** As Node has them, several values where a header was repeated. Those that begin with `ce-` make the binary mode. */
  headers: Readonly<Record<string, string | string[]>>
}

/** Of what may be sent, for those who sent more. */
export const SIZE_HINT = ' An event may have 64 KiB, a batch 4 MiB and 500 events.'

/** How long a batch may keep everybody else waiting in one go. */
const MAX_BLOCK_MS = 10

/** Reads what a request brought, event by event. What is wrong with the body as a whole ends with a problem. */
export async function readEvents(body: EventsBody, reading: Reading): Promise<ReadEvents> {
  return (await readPlainly(body, reading)) ?? (await readClosely(body, reading))
}

/** Of a body that is no JSON, or whose form asks for a closer look, undefined. */
async function readPlainly(body: EventsBody, reading: Reading): Promise<ReadEvents | undefined> {
  const { bytes, type } = body
  if (!isUtf8(bytes) || isBinary(body)) return undefined
  const outlined = outlineBody(bytes, MAX_BATCH_EVENTS)
  if (outlined === undefined || type === (outlined.isBatch ? CLOUD_EVENT_TYPE : BATCH_TYPE)) return undefined
  if (!outlined.isBatch && bytes.length > MAX_EVENT_BYTES) return undefined
  const read = await inTurns(outlined.parts, (part) => readPart(bytes, part, reading))
  const events = read.filter((event) => event !== undefined)
  return events.length === read.length ? { isBatch: outlined.isBatch, events } : undefined
}

/** Undefined when it is no JSON. */
function readPart(bytes: Buffer, part: OutlinedPart, reading: Reading): ReadEvent | undefined {
  const plain = readPlainPart(bytes, part, reading)
  if (plain !== undefined) return plain
  const scanned = scanPart(bytes.toString('utf8', part.start, part.end))
  return scanned && readScanned(scanned, reading)
}

async function readClosely(body: EventsBody, reading: Reading): Promise<ReadEvents> {
  const text = decodeBody(body.bytes)
  // Only a batch may be larger than an event.
  if (body.bytes.length > MAX_EVENT_BYTES && text[skipSpace(text, 0)] !== '[')
    throw tooLarge(MAX_EVENT_BYTES, SIZE_HINT)
  const scanned = scanBody(text, MAX_BATCH_EVENTS)
  switch (scanned.status) {
    case 'malformed':
      throw malformedJson(text, scanned.offset)
    case 'too_many':
      throw tooManyEvents()
    case 'single':
      if (body.type === BATCH_TYPE) throw wrongForm('A batch is a JSON array of events.')
      return {
        isBatch: false,
        events: [readScanned(scanned.part, reading, isBinary(body) ? body.headers : undefined)],
      }
    case 'batch':
      if (body.type === CLOUD_EVENT_TYPE) {
        throw wrongForm(`A body of this type is one event; send a batch as ${BATCH_TYPE}.`)
      }
      if (isBinary(body))
        throw wrongForm('With ce- headers the body is the data of one event: a JSON object.')
      if (scanned.parts.length === 0) throw wrongForm('The batch is empty.')
      return { isBatch: true, events: await inTurns(scanned.parts, (part) => readScanned(part, reading)) }
  }
}

async function inTurns<Part, Result>(parts: Part[], read: (part: Part) => Result): Promise<Result[]> {
  const results: Result[] = []
  let begunAtMs = performance.now()
  for (const part of parts) {
    if (performance.now() - begunAtMs > MAX_BLOCK_MS) {
      await letOthersRun()
      begunAtMs = performance.now()
    }
    results.push(read(part))
  }
  return results
}

function readScanned(part: BodyPart, reading: Reading, headers?: EventsBody['headers']): ReadEvent {
  if (Buffer.byteLength(part.text) > MAX_EVENT_BYTES) return oversized()
  if (part.flaws.length > 0) {
    return { status: 'invalid', issues: headers === undefined ? part.flaws : part.flaws.map(insideData) }
  }
  const value: unknown = JSON.parse(part.text)
  return readEvent(headers === undefined ? value : structuredFromHeaders(headers, value), reading)
}

/** Of the content modes of CloudEvents' HTTP binding, the one whose body is the data alone. */
function isBinary({ type, headers }: EventsBody): boolean {
  return type === JSON_TYPE && Object.keys(headers).some((name) => name.startsWith('ce-'))
}

function insideData(issue: EventIssue): EventIssue {
  return { ...issue, pointer: `/data${issue.pointer}` }
}

export function oversized(): ReadEvent {
  const detail = `The event is larger than ${MAX_EVENT_BYTES} bytes; send large things by URL.`
  return { status: 'invalid', issues: [{ pointer: '', code: 'too_large', detail }] }
}

function tooManyEvents(): ProblemError {
  return new ProblemError(PROBLEMS['too-large'], {
    detail: `A batch may have ${MAX_BATCH_EVENTS} events; send it in parts.`,
  })
}

function wrongForm(detail: string): ProblemError {
  return new ProblemError(EVENT_PROBLEMS['invalid-batch'], {
    detail,
    errors: [{ pointer: '', code: 'wrong_form', detail }],
  })
}
