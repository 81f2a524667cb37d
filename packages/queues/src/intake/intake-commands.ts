import assert from 'node:assert/strict'
import { Command } from 'ioredis'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { readEntriesReply, type IntakeEntry } from './intake-entry.ts'
import { INTAKE_GROUP, intakeKey, rejectedKey } from './intake-keys.ts'

export interface RejectedEntry {
  slug: string
  /** Of the entry in the shop's stream. */
  id: string
  /** As much of it as is kept. */
  event: string
  /** Why, as JSON. */
  problem: string
}

const REJECTED_KEPT = '10000'
const WEEK_MS = 7 * 86_400_000
const TAKEN_OVER_PER_CALL = 100

/** Makes a stream and its group, from its first entry on, if they are not there. */
export async function createGroup(redis: RedisConnection, slug: string): Promise<void> {
  try {
    await redis.xgroup('CREATE', intakeKey(slug), INTAKE_GROUP, '0', 'MKSTREAM')
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error
  }
}

/** Gives a reader all that was read so long ago and is not done, in order. */
export async function takeOverEntries(
  redis: RedisConnection,
  reader: string,
  { slug, heldForMs }: { slug: string; heldForMs: number },
): Promise<IntakeEntry[]> {
  const taken: IntakeEntry[] = []
  let next = '0-0'
  do {
    // ioredis has no such method that gives bytes.
    const claim = new Command(
      'xautoclaim',
      [intakeKey(slug), INTAKE_GROUP, reader, heldForMs, next, 'COUNT', TAKEN_OVER_PER_CALL],
      { replyEncoding: null },
    )
    const reply: unknown = await redis.sendCommand(claim)
    assert(Array.isArray(reply), 'a cursor and a list')
    const [cursor, entries]: unknown[] = reply
    taken.push(...readEntriesReply(entries))
    next = String(cursor)
  } while (next !== '0-0')
  return taken
}

/** Puts entries into the lists of their shops. They are whole events, and so about people: a list keeps them for a week. */
export async function rejectEntries(
  redis: RedisConnection,
  entries: readonly RejectedEntry[],
): Promise<void> {
  const capped = ['MAXLEN', '~', REJECTED_KEPT, '*'] as const
  await Promise.all(
    entries.map(({ slug, id, event, problem }) =>
      redis.xadd(rejectedKey(slug), ...capped, 'entry', id, 'event', event, 'problem', problem),
    ),
  )
  const oldest = String(Date.now() - WEEK_MS)
  const keys = new Set(entries.map(({ slug }) => rejectedKey(slug)))
  await Promise.all(
    [...keys].flatMap((key) => [redis.xtrim(key, 'MINID', oldest), redis.pexpire(key, WEEK_MS)]),
  )
}
