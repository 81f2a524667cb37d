import assert from 'node:assert/strict'
import { isId } from '../job-catalogue.ts'

export const MAX_MESSAGES_PER_RENDER_JOB = 50

/** What a render job holds: a short text, or the list it would be otherwise. */
export type RenderJobData = string | { messageIds: string[] }

/**
 * The ids of up to 50 messages, ascending: the first one in base 36 and, behind a dot, by how much each is larger than the one
 * before: a digit in base 36, or more of them in brackets. Messages that were accepted together have ids close
 * together, so fifty of them are some sixty characters, which is what lets Redis keep a job small. They need no order: what is
 * sent when follows from the ids.
 */
export function encodeRenderJob(messageIds: string[]): RenderJobData {
  assert(messageIds.length <= MAX_MESSAGES_PER_RENDER_JOB, 'a render job is for at most 50 messages')
  const ids = messageIds.map(Number).toSorted((one, other) => one - other)
  // No installation will count so far.
  if (!ids.every(Number.isSafeInteger)) return { messageIds }
  let text = ''
  let before: number | undefined
  for (const id of ids) {
    text += before === undefined ? `${id.toString(36)}.` : encodeStep(id - before)
    before = id
  }
  return text
}

/** @throws when a job holds something else: not ours, or written by another version. */
export function parseRenderJob(data: unknown): string[] {
  const messageIds = typeof data === 'string' ? decode(data) : listOf(data)
  assert(messageIds.length <= MAX_MESSAGES_PER_RENDER_JOB && messageIds.every(isId), NO_MESSAGE_IDS)
  return messageIds
}

const NO_MESSAGE_IDS = 'not a list of message ids'
const TEXT = /^([0-9a-z]{1,11})\.((?:[0-9a-z]|\([0-9a-z]{2,11}\))*)$/
const STEP = /[0-9a-z]|\([0-9a-z]+\)/g

function decode(text: string): string[] {
  const [, first, steps] = TEXT.exec(text) ?? []
  assert(first !== undefined && steps !== undefined, 'not a render job')
  let id = Number.parseInt(first, 36)
  const ids = [String(id)]
  for (const [step] of steps.matchAll(STEP)) {
    id += Number.parseInt(step.length === 1 ? step : step.slice(1, -1), 36)
    ids.push(String(id))
  }
  return ids
}

/** How jobs of the version before look: they run beside each other while one replaces the other. */
function listOf(data: unknown): string[] {
  assert(typeof data === 'object' && data !== null && 'messageIds' in data, 'not a render job')
  const { messageIds } = data
  assert(Array.isArray(messageIds) && messageIds.every(isId), NO_MESSAGE_IDS)
  return messageIds
}

function encodeStep(step: number): string {
  const digits = step.toString(36)
  return digits.length === 1 ? digits : `(${digits})`
}
