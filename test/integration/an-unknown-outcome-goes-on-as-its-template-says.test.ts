import type { Database } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  beginTurn,
  claimIds,
  createBot,
  createContact,
  findMessage,
  openTestDatabase,
  queue,
  record,
  type TestBot,
  type Turn,
} from './database-under-test.ts'

const { db } = await openTestDatabase()
const AT_ONCE_MS = 0

async function takeTurn(bot: TestBot): Promise<Turn> {
  const begun = await beginTurn(db, bot, AT_ONCE_MS)
  return { ...bot, epoch: begun!.epoch }
}

/** A message of a lane with a policy, claimed in a turn. */
async function claimOne(database: Database, lane: 0 | 1 | 2, onUnknown: string | null) {
  const bot = await createBot(database)
  const [id = ''] = await queue(database, bot, [{ ...(await createContact(database, bot)), lane }])
  await sql`update messages set on_unknown = ${onUnknown} where id = ${id}`.execute(database)
  const turn = await takeTurn(bot)
  expect(await claimIds(database, turn)).toEqual([id])
  return { bot, turn, id }
}

/** How calls are lost: the answer did not come, or the sender died before it could record it. */
const LOSSES: Record<string, (lost: { bot: TestBot; turn: Turn; id: string }) => Promise<unknown>> = {
  'no answer came': ({ turn, id }) =>
    record(db, turn, { id, status: 'unknown', reason: 'timed_out' }, AT_ONCE_MS),
  'the sender died': ({ bot }) => takeTurn(bot),
}

const POLICIES = [
  { lane: 0, onUnknown: null, follows: 'resend_once' },
  { lane: 1, onUnknown: null, follows: 'drop' },
  { lane: 2, onUnknown: null, follows: 'drop' },
  { lane: 0, onUnknown: 'drop', follows: 'drop' },
  { lane: 2, onUnknown: 'resend_once', follows: 'resend_once' },
  { lane: 0, onUnknown: 'hold', follows: 'hold' },
  { lane: 2, onUnknown: 'hold', follows: 'hold' },
] as const

for (const [loss, lose] of Object.entries(LOSSES)) {
  test.for(POLICIES)(
    `${loss}: a message of lane $lane with $onUnknown: $follows`,
    async ({ lane, onUnknown, follows }) => {
      const lost = await claimOne(db, lane, onUnknown)
      await lose(lost)
      const message = await findMessage(db, lost.id)
      expect(message.status).toBe('unknown')
      expect(message.due_at !== null).toBe(follows === 'resend_once')
      // Held: neither due nor over, until the shop decides.
      expect(message.ended_at !== null).toBe(follows === 'drop')
      const sentAgain = await claimIds(db, await takeTurn(lost.bot))
      expect(sentAgain).toEqual(follows === 'resend_once' ? [lost.id] : [])
    },
  )
}

test('what is lost once more is not sent a third time', async () => {
  const lost = await claimOne(db, 0, 'resend_once')
  await LOSSES['no answer came']?.(lost)
  const second = await takeTurn(lost.bot)
  expect(await claimIds(db, second)).toEqual([lost.id])
  await LOSSES['no answer came']?.({ ...lost, turn: second })
  expect(await findMessage(db, lost.id)).toMatchObject({ status: 'unknown', resends: 1, due_at: null })
  expect(await claimIds(db, await takeTurn(lost.bot))).toEqual([])
})

test('a resend that surely was not delivered, as a late answer tells, is made up for', async () => {
  const lost = await claimOne(db, 0, null)
  await LOSSES['no answer came']?.(lost)
  const second = await takeTurn(lost.bot)
  expect(await claimIds(db, second)).toEqual([lost.id])
  const third = await takeTurn(lost.bot)
  expect(await claimIds(db, third)).toEqual([])
  await record(db, second, { id: lost.id, status: 'queued', dueInMs: 0, countsAsAttempt: false })
  expect(await claimIds(db, third)).toEqual([lost.id])
  expect(await findMessage(db, lost.id)).toMatchObject({ status: 'sending', resends: 1 })
})
