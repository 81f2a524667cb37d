import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type TestPerson } from './pipeline-under-test.ts'

const stage = await createStage()
const { database, emulator } = stage

function numbered(to: TestPerson, count: number) {
  return Array.from({ length: count }, (_, index) => ({ to, text: `#${index}` }))
}

async function statusOf(id: string): Promise<string | undefined> {
  return (await stage.readMessages([id]))[0]?.status
}

/** Statements of senders that wait for a lock of ours. */
async function countWaiting(): Promise<number> {
  return await countLockWaits('postino-sender')
}

async function countLockWaits(application: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = ${application} and wait_event_type = 'Lock'`.execute(
    database,
  )
  return rows[0]?.count ?? 0
}

/** The connections of a killed process may still do what they were told: here they do not. */
async function endConnectionsOfSenders(): Promise<void> {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'postino-sender'`.execute(database)
  await waitUntil(async () => (await countWaiting()) === 0)
}

/** Locks a row until `release`, at the latest until the end of the test. */
async function lockRow(table: 'bots' | 'messages', id: string): Promise<{ release: () => Promise<void> }> {
  const transaction = await database.startTransaction().execute()
  const release = async () => {
    if (!transaction.isRolledBack) await transaction.rollback().execute()
  }
  atEnd(release)
  await transaction.selectFrom(table).select('id').where('id', '=', id).forUpdate().execute()
  return { release }
}

test('killed between claim and call, call and record, record and the end of the turn: each message arrives, and twice only what was in doubt', async () => {
  stage.startRenderer()
  const bots = [await stage.addBot(), await stage.addBot(), await stage.addBot()] as const
  const [afterClaim, afterCall, afterRecord] = bots
  const victim = await stage.startProcess('sender', { SENDER_RESEND_SECONDS: '1' })

  // Recorded, while the turn is held open by a call to somebody else that is not answered.
  const [told, silent] = await stage.addPeople(afterRecord, 2)
  emulator.faults.add({
    match: { chat_id: silent!.telegramId },
    fault: { kind: 'hang', when: 'after' },
    count: 1,
  })
  const recorded = await stage.accept([...numbered(told!, 1), ...numbered(silent!, 1)])
  await waitUntil(async () => (await statusOf(recorded[0]!)) === 'sent')
  await waitUntil(() => stage.textsOf(silent!).length === 1)

  // Called and answered, while the row of the message is locked.
  const answered = await stage.addPerson(afterCall)
  const slow = { kind: 'latency', min_ms: 800, max_ms: 800 } as const
  emulator.faults.add({ match: { chat_id: answered.telegramId }, fault: slow, count: 1 })
  const [unrecorded] = await stage.accept(numbered(answered, 1))
  await waitUntil(async () => (await statusOf(unrecorded!)) === 'sending')
  const rowLock = await lockRow('messages', unrecorded!)
  await waitUntil(async () => (await countWaiting()) === 1)
  expect(stage.textsOf(answered)).toEqual(['#0'])

  // Claimed, and stopped before the claim's answer is read. The turn is open, as somebody's call hangs.
  const [hanging, claimed] = await stage.addPeople(afterClaim, 2)
  emulator.faults.add({
    match: { chat_id: hanging!.telegramId },
    fault: { kind: 'hang', when: 'after' },
    count: 1,
  })
  const open = await stage.accept(numbered(hanging!, 3))
  await waitUntil(() => stage.textsOf(hanging!).length === 1)
  const firstLock = await lockRow('bots', afterClaim.botId)
  await waitUntil(async () => (await countWaiting()) === 2)
  const [uncalled] = await stage.accept(numbered(claimed!, 1))
  await waitUntil(async () => (await statusOf(uncalled!)) === 'queued')
  // The claim that waits now began before the message was there. The next one will see it.
  const lockingAgain = lockRow('bots', afterClaim.botId)
  await waitUntil(async () => (await countLockWaits('pipeline-under-test')) === 1)
  await firstLock.release()
  const secondLock = await lockingAgain
  await waitUntil(async () => (await countWaiting()) === 2)
  expect(await statusOf(uncalled!)).toBe('queued')
  victim.kill('SIGSTOP')
  await secondLock.release()
  await waitUntil(async () => (await statusOf(uncalled!)) === 'sending')

  victim.kill('SIGKILL')
  await victim.ended
  await endConnectionsOfSenders()
  await rowLock.release()
  expect(await statusOf(unrecorded!)).toBe('sending')
  expect(stage.textsOf(claimed!)).toEqual([])
  // Takes the dead one's locks from it at once; without that they would run out after some seconds.
  await stage.flushRedis()
  await stage.startProcess('sender', { SENDER_RESEND_SECONDS: '1' })
  for (const bot of bots) await stage.wake(bot)

  const ids = [...recorded, unrecorded!, ...open, uncalled!]
  const messages = await stage.waitForEnd(ids)
  expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
  expect(stage.textsOf(told!)).toEqual(['#0'])
  expect(stage.textsOf(claimed!)).toEqual(['#0'])
  // These had arrived, and nobody knew.
  expect(stage.textsOf(silent!)).toEqual(['#0', '#0'])
  expect(stage.textsOf(answered)).toEqual(['#0', '#0'])
  expect(stage.textsOf(hanging!).toSorted()).toEqual(['#0', '#0', '#1', '#2'])
  expect(messages.filter(({ resends }) => resends > 0).map(({ id }) => id)).toEqual([
    recorded[1],
    unrecorded,
    open[0],
    uncalled,
  ])
}, 60_000)
