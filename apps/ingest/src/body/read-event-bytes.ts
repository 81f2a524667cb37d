import { isUtf8 } from 'node:buffer'
import { MAX_EVENT_BYTES, type EventIssue } from '@postino/domain'
import { decodeBody, malformedJson, outlineBody, ProblemError, scanBody } from '@postino/http'
import { readEvent, readPlainPart, type ReadEvent, type Reading } from './read-event.ts'
import { oversized } from './read-events.ts'

/** Reads one event that is no request's body. Whatever is wrong with it is an issue, the same as over HTTP. */
export function readEventBytes(bytes: Buffer, reading: Reading): ReadEvent {
  if (bytes.length > MAX_EVENT_BYTES) return oversized()
  return readPlainly(bytes, reading) ?? readClosely(bytes, reading)
}

function readPlainly(bytes: Buffer, reading: Reading): ReadEvent | undefined {
  const outlined = outlineBody(bytes, 1)
  if (outlined === undefined || outlined.isBatch || !isUtf8(bytes)) return undefined
  const [part] = outlined.parts
  return part && readPlainPart(bytes, part, reading)
}

function readClosely(bytes: Buffer, reading: Reading): ReadEvent {
  try {
    const text = decodeBody(bytes)
    const scanned = scanBody(text, 0)
    switch (scanned.status) {
      case 'malformed':
        throw malformedJson(text, scanned.offset)
      case 'single':
        if (scanned.part.flaws.length > 0) return { status: 'invalid', issues: scanned.part.flaws }
        return readEvent(JSON.parse(scanned.part.text), reading)
      case 'batch':
      case 'too_many':
        return { status: 'invalid', issues: [NO_BATCH] }
    }
  } catch (error) {
    if (error instanceof ProblemError) return { status: 'invalid', issues: error.options.errors ?? [] }
    throw error
  }
}

const NO_BATCH: EventIssue = {
  pointer: '',
  code: 'wrong_form',
  detail: 'The event must be an object, not a list: each event stands by itself.',
}
