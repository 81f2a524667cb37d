import { coolChat } from '@postino/database'
import { sql } from 'kysely'
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
  openDatabase,
  openTestDatabase,
  queue,
  record,
  RESEND_AFTER_MS,
  type TestBot,
  type Turn,
  waitForBlocked,
  nextDueMs,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()

async function takeTurn(bot: TestBot, resendAfterMs = RESEND_AFTER_MS): Promise<Turn> {
  const begun = await beginTurn(db, bot, resendAfterMs)
  return { ...bot, epoch: begun!.epoch }
}

test('each turn has a higher epoch and knows when the one before began', async () => {
  const bot = await createBot(db)
  const first = await beginTurn(db, bot, RESEND_AFTER_MS)
  expect(first).toMatchObject({ ...bot, epoch: '1', token: { keyId: 'test' }, sinceLastTurnMs: undefined })
  const second = await beginTurn(db, bot, RESEND_AFTER_MS)
  expect(second?.epoch).toBe('2')
  expect(second?.sinceLastTurnMs).toBeGreaterThanOrEqual(0)
  expect(await beginTurn(db, { ...bot, shopId: '999999' }, RESEND_AFTER_MS)).toBeUndefined()
})

test('turns that begin at once all get an epoch of their own', async () => {
  const bot = await createBot(db)
  const begun = await Promise.all(Array.from({ length: 10 }, () => beginTurn(db, bot, RESEND_AFTER_MS)))
  expect(new Set(begun.map((turn) => turn?.epoch)).size).toBe(10)
})

test('what the turn before left in sending becomes unknown; lane 0 is due once more, later', async () => {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, 4)
  const lanes = [0, 1, 2, 0]
  const ids = await queue(
    db,
    bot,
    lanes.map((lane, index) => ({ ...people[index]!, lane })),
  )
  const first = await takeTurn(bot)
  await claim(db, first)
  await record(db, first, { id: ids[3]!, status: 'sent' })
  const second = await takeTurn(bot, 60_000)
  expect(await listStatuses(db, ids)).toEqual([
    'unknown: sender_stopped',
    'unknown: sender_stopped',
    'unknown: sender_stopped',
    'sent',
  ])
  const [transactional, reminder, bulk] = await Promise.all(ids.map((id) => findMessage(db, id)))
  expect(transactional).toMatchObject({ due_at: expect.any(Date), ended_at: null })
  expect(reminder).toMatchObject({ due_at: null, ended_at: expect.any(Date) })
  expect(bulk).toMatchObject({ due_at: null, ended_at: expect.any(Date) })
  const dueInMs = await nextDueMs(db, bot)
  expect(dueInMs).toBeGreaterThan(30_000)
  expect(dueInMs).toBeLessThanOrEqual(60_000)
  expect(await claimIds(db, second)).toEqual([])
})

test('what this turn claimed stays in sending', async () => {
  const bot = await createBot(db)
  const [id = ''] = await queue(db, bot, [await createContact(db, bot)])
  const turn = await takeTurn(bot)
  await claim(db, turn)
  expect(await listStatuses(db, [id])).toEqual(['sending'])
})

test('an unknown message does not hold its chat, and its one resend is claimed once', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const [id = '', next = ''] = await queue(db, bot, [contact, contact])
  await claim(db, await takeTurn(bot))
  // Its resend is far away: the next message of the chat goes on.
  const second = await takeTurn(bot)
  expect(await claimIds(db, second)).toEqual([next])
  await record(db, second, { id: next, status: 'sent' })

  await sql`update messages set due_at = now() where id = ${id}`.execute(db)
  expect(await claimIds(db, second)).toEqual([id])
  expect(await claimIds(db, second)).toEqual([])
  expect(await findMessage(db, id)).toMatchObject({ status: 'sending', resends: 1, epoch: second.epoch })

  // The sender stops again: there is no second resend.
  const third = await takeTurn(bot, 0)
  expect(await claimIds(db, third)).toEqual([])
  expect(await findMessage(db, id)).toMatchObject({
    status: 'unknown',
    due_at: null,
    ended_at: expect.any(Date),
  })
  expect(await nextDueMs(db, bot)).toBeUndefined()
})

test.each(['sent', 'rejected', 'failed'] as const)(
  'the turn before may still tell that an unknown message is %s',
  async (status) => {
    const bot = await createBot(db)
    const [id = ''] = await queue(db, bot, [await createContact(db, bot)])
    const first = await takeTurn(bot)
    await claim(db, first)
    const second = await takeTurn(bot, 0)
    expect(await record(db, first, { id, status })).toEqual([id])
    expect(await listStatuses(db, [id])).toEqual([status])
    expect(await claimIds(db, second)).toEqual([])
  },
)

test('what the turn before tells late to be undelivered is due again, and holds nobody back', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const [early = '', late = ''] = await queue(db, bot, [contact, contact])
  const first = await takeTurn(bot)
  await claim(db, first)
  const second = await takeTurn(bot)
  await record(db, first, { id: early, status: 'queued', dueInMs: 60_000 })
  expect(await listStatuses(db, [early])).toEqual(['unknown: sender_stopped'])
  expect(await claimIds(db, second)).toEqual([late])
  await record(db, second, { id: late, status: 'sent' })
  await sql`update messages set due_at = now() where id = ${early}`.execute(db)
  expect(await claimIds(db, second)).toEqual([early])
})

test('once its resend is claimed, the turn before has nothing more to say', async () => {
  const bot = await createBot(db)
  const [id = ''] = await queue(db, bot, [await createContact(db, bot)])
  const first = await takeTurn(bot)
  await claim(db, first)
  const second = await takeTurn(bot, 0)
  expect(await claimIds(db, second)).toEqual([id])
  const attempt = { startedAtMs: 1_000, endedAtMs: 2_000, outcome: 'sent' }
  expect(await record(db, first, { id, status: 'sent', attempt })).toEqual([])
  expect(await listStatuses(db, [id])).toEqual(['sending'])
  // The call was made all the same, and the trail tells it.
  expect(await listAttempts(db, id)).toMatchObject([{ epoch: first.epoch }])
  expect(await record(db, second, { id, status: 'sent' })).toEqual([id])
})

test('a claim that waits while the next turn begins gets nothing', async () => {
  const bot = await createBot(db)
  const [id = ''] = await queue(db, bot, [await createContact(db, bot)])
  const first = await takeTurn(bot)
  const sender = openDatabase(url, 1)
  const late = await db.transaction().execute(async (transaction) => {
    await beginTurn(transaction, bot, RESEND_AFTER_MS)
    const claiming = claimIds(sender, first)
    await waitForBlocked(db)
    return { claiming }
  })
  expect(await late.claiming).toEqual([])
  expect(await listStatuses(db, [id])).toEqual(['queued'])
})

test('a turn that waits for a claim of the one before takes what that claim took for unknown', async () => {
  const bot = await createBot(db)
  const [id = ''] = await queue(db, bot, [await createContact(db, bot)])
  const first = await takeTurn(bot)
  const successor = openDatabase(url, 1)
  const late = await db.transaction().execute(async (transaction) => {
    expect(await claimIds(transaction, first)).toEqual([id])
    const beginning = beginTurn(successor, bot, RESEND_AFTER_MS)
    await waitForBlocked(db)
    return { beginning }
  })
  expect((await late.beginning)?.epoch).toBe('2')
  expect(await listStatuses(db, [id])).toEqual(['unknown: sender_stopped'])
})

test('a result and the next turn that meet wait for each other and never in a ring', async () => {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, 30)
  const sender = openDatabase(url, 5)
  for (let round = 0; round < 5; round++) {
    const ids = await queue(db, bot, people)
    const turn = await takeTurn(bot)
    expect(await claimIds(db, turn)).toEqual(ids)
    const results = ids.toReversed().map((id) => record(sender, turn, { id, status: 'sent' }))
    await Promise.all([...results, beginTurn(db, bot, RESEND_AFTER_MS)])
    expect(new Set(await listStatuses(db, ids))).toEqual(new Set(['sent']))
  }
})

test('a turn knows the chats that must be left alone', async () => {
  const bot = await createBot(db)
  const anna = await createContact(db, bot)
  await createContact(db, bot)
  for (const retryAfterSeconds of [60, 5]) {
    await coolChat(db, bot.shopId, { registrationId: anna.registrationId, retryAfterSeconds })
  }
  const begun = await beginTurn(db, bot, RESEND_AFTER_MS)
  expect(begun?.coolingChats).toEqual([{ chatId: anna.chatId, untilMs: expect.any(Number) }])
  expect(begun!.coolingChats[0]!.untilMs - Date.now()).toBeGreaterThan(30_000)
})
