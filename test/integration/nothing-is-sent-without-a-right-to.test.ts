import { bindChat, closeRegistration, type Claim } from '@postino/database'
import { expect, test } from 'vitest'
import {
  beginTurn,
  accept,
  claim,
  claimIds,
  createBot,
  createContact,
  decide,
  findMessage,
  listStatuses,
  openTestDatabase,
  queue,
  record,
  render,
  RESEND_AFTER_MS,
  type TestBot,
  type TestContact,
  type Turn,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

async function takeTurn(bot: TestBot, resendAfterMs = RESEND_AFTER_MS): Promise<Turn> {
  const begun = await beginTurn(db, bot, resendAfterMs)
  return { ...bot, epoch: begun!.epoch }
}

/** Of a shop that rests order updates on the contract: one message of each purpose, as claimed. */
async function claimEachPurpose(
  prepare: (bot: TestBot, contact: TestContact) => Promise<unknown>,
): Promise<string[]> {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  await prepare(bot, contact)
  const turn = await takeTurn(bot)
  const outcomes: string[] = []
  for (const purpose of ['order_updates', 'cart_reminders', 'marketing']) {
    const [id = ''] = await queue(db, bot, [{ ...contact, purpose }])
    outcomes.push(...(await claim(db, turn)).map(toOutcome))
    await record(db, turn, { id, status: 'sent' })
  }
  return outcomes
}

function toOutcome(claimed: Claim): string {
  return claimed.status === 'sending' ? 'sending' : `${claimed.status}: ${claimed.reason}`
}

test('what was never agreed to is suppressed; what the shop rests on the contract is sent', async () => {
  expect(await claimEachPurpose(async () => {})).toEqual([
    'sending',
    'suppressed: no_consent',
    'suppressed: no_consent',
  ])
})

test('what was granted is sent, each purpose by itself', async () => {
  const outcomes = await claimEachPurpose((bot, { contactId }) =>
    decide(db, bot, { contactId, purpose: 'marketing', action: 'granted' }),
  )
  expect(outcomes).toEqual(['sending', 'suppressed: no_consent', 'sending'])
})

test('a withdrawal ends a grant and the contract alike', async () => {
  const outcomes = await claimEachPurpose(async (bot, { contactId }) => {
    await decide(db, bot, { contactId, purpose: 'cart_reminders', action: 'granted' })
    await decide(db, bot, { contactId, purpose: 'cart_reminders', action: 'withdrawn' })
    await decide(db, bot, { contactId, purpose: 'order_updates', action: 'withdrawn' })
  })
  expect(outcomes).toEqual([
    'suppressed: consent_withdrawn',
    'suppressed: consent_withdrawn',
    'suppressed: no_consent',
  ])
})

test('no shop can rest marketing on the contract', async () => {
  await expect(createBot(db, ['order_updates', 'marketing'])).rejects.toThrow('contract_purposes')
})

test.each(['stopped', 'blocked', 'revoked'] as const)(
  'a registration that is %s suppresses',
  async (status) => {
    const bot = await createBot(db)
    const { registrationId, recipient } = await createContact(db, bot)
    const ids = await accept(db, bot, [{ recipient }])
    await closeRegistration(db, bot.shopId, { registrationId, status, reason: 'x' })
    // As a renderer does that looked before it was closed.
    await render(db, ids)
    expect(await claim(db, await takeTurn(bot))).toMatchObject([
      { id: ids[0], status: 'suppressed', reason: `registration_${status}` },
    ])
  },
)

test('closing a registration suppresses what waits in its chat at once, and nothing else', async () => {
  const bot = await createBot(db)
  const [anna, bruno] = [await createContact(db, bot), await createContact(db, bot)]
  const ids = await queue(db, bot, [anna, anna, bruno, { ...anna, lane: 2 }])
  const turn = await takeTurn(bot)
  await claim(db, turn, { take: 1 })
  const closed = await closeRegistration(db, bot.shopId, {
    registrationId: anna.registrationId,
    status: 'stopped',
    reason: 'registration_stopped',
  })
  expect(closed).toEqual({ suppressed: 2 })
  expect(await listStatuses(db, ids)).toEqual([
    'sending',
    'suppressed: registration_stopped',
    'queued',
    'suppressed: registration_stopped',
  ])
  // Telegram did not take the one that was under way: it does not come through the back door.
  await record(db, turn, { id: ids[0]!, status: 'queued', dueInMs: 0 })
  expect(await claim(db, turn)).toMatchObject([
    { id: ids[0], status: 'suppressed', reason: 'registration_stopped' },
    { id: ids[2], status: 'sending' },
  ])
})

test('a message for one contact is not read in a chat that became another’s', async () => {
  const bot = await createBot(db)
  const [anna, bruno] = [await createContact(db, bot), await createContact(db, bot)]
  const [id = ''] = await queue(db, bot, [anna])
  await bindChat(db, bot.shopId, {
    botId: bot.botId,
    contactId: bruno.contactId,
    chatId: Number(anna.chatId),
    telegramUserId: 1,
    source: 'test',
    purposes: [],
    update: { date: 2_000, id: 2 },
  })
  expect(await claim(db, await takeTurn(bot))).toMatchObject([
    { id, status: 'suppressed', reason: 'not_registered' },
  ])
})

test('a message past its deadline expires, and the next of its chat goes on', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const [late, timely] = await queue(db, bot, [
    { ...contact, deadlineAt: '2020-01-01T00:00:00Z' },
    { ...contact, deadlineAt: '2999-01-01T00:00:00Z' },
  ])
  const turn = await takeTurn(bot)
  expect(await claim(db, turn)).toMatchObject([{ id: late, status: 'expired', reason: 'deadline_passed' }])
  expect(await claimIds(db, turn)).toEqual([timely])
  expect((await findMessage(db, late!)).ended_at).not.toBeNull()
})

test('what is closed on the way carries no content', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  await queue(db, bot, [{ ...contact, purpose: 'marketing' }])
  const [closed] = await claim(db, await takeTurn(bot))
  expect(closed).toMatchObject({ status: 'suppressed', content: null })
})

test('a resend needs the right as well; without it the outcome stays unknown', async () => {
  const bot = await createBot(db)
  const { recipient, contactId } = await createContact(db, bot)
  const [id = ''] = await queue(db, bot, [{ recipient }])
  const first = await takeTurn(bot, 0)
  await claim(db, first)
  const second = await takeTurn(bot, 0)
  await decide(db, bot, { contactId, purpose: 'order_updates', action: 'withdrawn' })
  const [next = ''] = await queue(db, bot, [{ recipient, purpose: 'messages' }])
  expect(await claim(db, second)).toMatchObject([{ id, status: 'unknown', reason: 'consent_withdrawn' }])
  expect(await findMessage(db, id)).toMatchObject({
    status: 'unknown',
    reason: 'sender_stopped',
    due_at: null,
    resends: 0,
    ended_at: expect.any(Date),
  })
  expect(await claim(db, second)).toMatchObject([{ id: next, status: 'suppressed' }])
  // What became of the first call is still told by whoever made it.
  expect(await record(db, first, { id, status: 'sent', telegramMessageId: 7 })).toEqual([id])
})
