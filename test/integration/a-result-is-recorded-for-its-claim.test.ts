import { findMessageTrail, recordResults, type SendResult } from '@postino/database'
import { expect, test } from 'vitest'
import {
  listAttempts,
  beginTurn,
  claim,
  claimIds,
  createBot,
  createContact,
  createContacts,
  findMessage,
  listStatuses,
  openTestDatabase,
  queue,
  record,
  RESEND_AFTER_MS,
  type TestBot,
  type Turn,
  nextDueMs,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

const ATTEMPT = { startedAtMs: 1_700_000_000_123, endedAtMs: 1_700_000_000_456, outcome: 'sent' }

async function takeTurn(bot: TestBot): Promise<Turn> {
  const begun = await beginTurn(db, bot, RESEND_AFTER_MS)
  return { ...bot, epoch: begun!.epoch }
}

/** A turn with one claimed message for each lane, in the order of the lanes. */
async function setUp(lanes: number[]) {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, lanes.length)
  const ids = await queue(
    db,
    bot,
    lanes.map((lane, index) => ({ ...people[index]!, lane })),
  )
  const turn = await takeTurn(bot)
  await claim(db, turn)
  return { bot, turn, ids, people }
}

async function countAttempts(messageId: string): Promise<number> {
  return (await listAttempts(db, messageId)).length
}

test('a batch of different results is recorded together, each with its attempt', async () => {
  const { turn, ids } = await setUp([0, 0, 0, 0, 0])
  const results: Partial<SendResult>[] = [
    { status: 'sent', telegramMessageId: 4711 },
    { status: 'rejected', reason: 'bot_blocked', detail: 'Forbidden: bot was blocked by the user' },
    { status: 'failed', reason: 'content_refused' },
    { status: 'unknown', reason: 'timed_out' },
  ]
  const batch = results.map((result, index) => ({
    shopId: turn.shopId,
    id: ids[index]!,
    epoch: turn.epoch,
    status: 'sent' as const,
    countsAsAttempt: true,
    attempt: { ...ATTEMPT, outcome: index === 0 ? 'sent' : `outcome-${index}` },
    ...result,
  }))
  const taken = await recordResults(db, batch, RESEND_AFTER_MS)
  expect(taken.toSorted()).toEqual(ids.slice(0, 4).toSorted())
  expect(await listStatuses(db, ids)).toEqual([
    'sent',
    'rejected: bot_blocked',
    'failed: content_refused',
    'unknown: timed_out',
    'sending',
  ])
  expect(await findMessageTrail(db, turn.shopId, ids[0]!)).toMatchObject({
    status: 'sent',
    telegramMessageId: '4711',
    endedAt: expect.any(String),
    attempts: [
      {
        startedAt: '2023-11-14T22:13:20.123Z',
        endedAt: '2023-11-14T22:13:20.456Z',
        outcome: 'sent',
        description: null,
        retryAfterSeconds: null,
      },
    ],
  })
  expect(await Promise.all(ids.map(countAttempts))).toEqual([1, 1, 1, 1, 0])
  expect((await findMessage(db, ids[1]!)).detail).toBe('Forbidden: bot was blocked by the user')
})

test('a flood wait puts the message back in its place, not before its time, and counts no attempt', async () => {
  const { bot, turn, ids, people } = await setUp([0])
  const [later = ''] = await queue(db, bot, [people[0]!])
  const attempt = { ...ATTEMPT, outcome: 'flooded', retryAfterSeconds: 30 }
  await record(db, turn, { id: ids[0]!, status: 'queued', dueInMs: 30_000, countsAsAttempt: false, attempt })
  expect(await findMessage(db, ids[0]!)).toMatchObject({ status: 'queued', attempts: 0, ended_at: null })
  expect(await countAttempts(ids[0]!)).toBe(1)
  expect(await claimIds(db, turn)).toEqual([])
  const dueInMs = await nextDueMs(db, bot)
  expect(dueInMs).toBeGreaterThan(20_000)
  expect(dueInMs).toBeLessThanOrEqual(30_000)
  expect(await listStatuses(db, [later])).toEqual(['queued'])
})

test('a failure that left nothing behind is tried again and counted', async () => {
  const { turn, ids } = await setUp([0])
  const [id = ''] = ids
  for (const attempts of [1, 2, 3]) {
    await record(db, turn, { id, status: 'queued', dueInMs: 0 })
    expect(await claim(db, turn)).toMatchObject([{ id, attempts, content: { html: 'Ciao' } }])
  }
})

test('an unknown outcome of lane 0 is due once more, of the other lanes never', async () => {
  const { bot, turn, ids } = await setUp([0, 1, 2])
  const results = ids.map((id) => ({
    shopId: turn.shopId,
    id,
    epoch: turn.epoch,
    status: 'unknown' as const,
    reason: 'timed_out',
    countsAsAttempt: true,
  }))
  await recordResults(db, results, 0)
  const messages = await Promise.all(ids.map((id) => findMessage(db, id)))
  expect(messages.map((message) => message.due_at === null)).toEqual([false, true, true])
  expect(messages.map((message) => message.ended_at === null)).toEqual([true, false, false])

  expect(await claimIds(db, turn)).toEqual([ids[0]])
  await recordResults(db, results, 0)
  expect(await findMessage(db, ids[0]!)).toMatchObject({
    status: 'unknown',
    due_at: null,
    resends: 1,
    attempts: 2,
  })
  expect(await nextDueMs(db, bot)).toBeUndefined()
  expect(await claimIds(db, turn)).toEqual([])
})

test.each(['sent', 'rejected', 'failed', 'unknown'] as const)(
  'recording %s again, because the answer was lost, changes nothing',
  async (status) => {
    const { turn, ids } = await setUp([0])
    const result = { id: ids[0]!, status, attempt: ATTEMPT }
    expect(await record(db, turn, result)).toEqual(ids)
    const before = await findMessage(db, ids[0]!)
    expect(await record(db, turn, result)).toEqual([])
    expect(await findMessage(db, ids[0]!)).toEqual(before)
    expect(await countAttempts(ids[0]!)).toBe(1)
  },
)

test('a result of another epoch or another shop is not taken', async () => {
  const { turn, ids } = await setUp([0])
  const elsewhere = await createBot(db)
  expect(await record(db, { ...turn, epoch: '99' }, { id: ids[0]!, status: 'sent' })).toEqual([])
  expect(await record(db, { ...turn, shopId: elsewhere.shopId }, { id: ids[0]!, status: 'sent' })).toEqual([])
  expect(await listStatuses(db, ids)).toEqual(['sending'])
})

test('a message that was claimed by nobody takes no result', async () => {
  const bot = await createBot(db)
  const [id = ''] = await queue(db, bot, [await createContact(db, bot)])
  const turn = await takeTurn(bot)
  expect(await record(db, turn, { id, status: 'sent' })).toEqual([])
  expect(await listStatuses(db, [id])).toEqual(['queued'])
})

test('no results, no statement', async () => {
  expect(await recordResults(db, [], RESEND_AFTER_MS)).toEqual([])
})
