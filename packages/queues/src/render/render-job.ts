import assert from 'node:assert/strict'
import { isId } from '../job-catalogue.ts'

export const MAX_MESSAGES_PER_RENDER_JOB = 50

/**
 * The data of a render job: the ids of up to 50 messages, ascending, as the first one in base 36 and, behind a dot, by how much
 * each is larger than the one before: a digit in base 36, or more of them in brackets. Messages that were accepted together
 * have ids close together, so fifty of them are some sixty characters, which is what lets Redis keep a job small. They
 * need no order: what is sent when follows from the ids.
 */
export function encodeRenderJob(messageIds: string[]): string {
  assert(messageIds.length <= MAX_MESSAGES_PER_RENDER_JOB, 'a render job is for at most 50 messages')
  assert(messageIds.every(isId), 'message ids are decimal strings')
  const ids = messageIds.map(BigInt).toSorted((one, other) => (one < other ? -1 : Number(one > other)))
  const [first] = ids
  if (first === undefined) return ''
  const steps = ids.slice(1).map((id, index) => encodeStep(id - (ids[index] ?? id)))
  return `${first.toString(36)}.${steps.join('')}`
}

/** @throws when a job holds something else: not ours, or written by another version. */
export function parseRenderJob(data: unknown): string[] {
  const messageIds = typeof data === 'string' ? decode(data) : listOf(data)
  assert(messageIds.length <= MAX_MESSAGES_PER_RENDER_JOB && messageIds.every(isId), NO_MESSAGE_IDS)
  return messageIds
}

const NO_MESSAGE_IDS = 'not a list of message ids'
const TEXT = /^([0-9a-z]{1,13})\.((?:[0-9a-z]|\([0-9a-z]{2,13}\))*)$/

function decode(text: string): string[] {
  const [, first, steps] = TEXT.exec(text) ?? []
  assert(first !== undefined && steps !== undefined, 'not a render job')
  let id = parseBase36(first)
  const rest = steps.match(/[0-9a-z]|\([0-9a-z]+\)/g) ?? []
  return [id, ...rest.map((step) => (id += parseBase36(step.replace(/[()]/g, ''))))].map(String)
}

/** How jobs looked before: versions run beside each other while one replaces the other. */
function listOf(data: unknown): string[] {
  assert(typeof data === 'object' && data !== null && 'messageIds' in data, 'not a render job')
  const { messageIds } = data
  assert(Array.isArray(messageIds) && messageIds.every(isId), NO_MESSAGE_IDS)
  return messageIds
}

function encodeStep(step: bigint): string {
  const digits = step.toString(36)
  return digits.length === 1 ? digits : `(${digits})`
}

function parseBase36(text: string): bigint {
  let value = 0n
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  return value
}
