import { finishRendering, moveChat } from '@postino/database'
import { expect, test } from 'vitest'
import {
  beginTurn,
  accept,
  claim,
  claimIds,
  createBot,
  createContacts,
  listStatuses,
  openTestDatabase,
  queue,
  record,
  render,
  RESEND_AFTER_MS,
  type TestBot,
  type Turn,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

async function takeTurn(bot: TestBot): Promise<Turn> {
  const begun = await beginTurn(db, bot, RESEND_AFTER_MS)
  return { ...bot, epoch: begun!.epoch }
}

/** Puts messages back as a flood wait would; `dueInMs` from now. */
async function delay(turn: Turn, ids: string[], dueInMs: number): Promise<void> {
  for (const id of ids) await record(db, turn, { id, status: 'queued', dueInMs, countsAsAttempt: false })
}

async function setUp(contacts: number) {
  const bot = await createBot(db)
  return { bot, people: await createContacts(db, bot, contacts) }
}

test('lane by lane, and within a lane the oldest first', async () => {
  const { bot, people } = await setUp(6)
  const lanes = [2, 1, 0, 2, 1, 0]
  const ids = await queue(
    db,
    bot,
    lanes.map((lane, index) => ({ ...people[index]!, lane })),
  )
  const turn = await takeTurn(bot)
  const inOrder = [2, 5, 1, 4, 0, 3].map((index) => ids[index])
  expect(await claimIds(db, turn, { take: 3 })).toEqual(inOrder.slice(0, 3))
  expect(await claimIds(db, turn, { take: 3 })).toEqual(inOrder.slice(3))
  expect(await claimIds(db, turn)).toEqual([])
})

test('at most one per chat, and no second one while a call is under way', async () => {
  const { bot, people } = await setUp(2)
  const [anna, bruno] = [people[0]!, people[1]!]
  const ids = await queue(db, bot, [anna, anna, bruno, { ...bruno, lane: 1 }])
  const turn = await takeTurn(bot)
  expect(await claimIds(db, turn)).toEqual([ids[0], ids[2]])
  expect(await claimIds(db, turn)).toEqual([])
  await record(db, turn, { id: ids[0]!, status: 'sent' })
  expect(await claimIds(db, turn)).toEqual([ids[1]])
  await record(db, turn, { id: ids[2]!, status: 'failed', reason: 'content_refused' })
  expect(await claimIds(db, turn)).toEqual([ids[3]])
})

test('busy chats are left out, whatever waits in them', async () => {
  const { bot, people } = await setUp(3)
  const ids = await queue(db, bot, [...people, ...people])
  const turn = await takeTurn(bot)
  const busyChats = [people[0]!.chatId, people[2]!.chatId]
  expect(await claimIds(db, turn, { busyChats })).toEqual([ids[1]])
})

test('a chat waits for an earlier message of its contact and lane that is not rendered yet', async () => {
  const { bot, people } = await setUp(2)
  const [anna, bruno] = [people[0]!, people[1]!]
  const [early = '', late = '', other = ''] = await accept(db, bot, [anna, anna, bruno])
  await render(db, [late, other])
  const turn = await takeTurn(bot)
  expect(await claimIds(db, turn)).toEqual([other])
  await render(db, [early])
  expect(await claimIds(db, turn)).toEqual([early])
  await record(db, turn, { id: early, status: 'sent' })
  expect(await claimIds(db, turn)).toEqual([late])
})

test('an earlier message of another lane, or a later one of the same, holds nothing', async () => {
  const { bot, people } = await setUp(1)
  const [reminder = '', order = '', later = ''] = await accept(db, bot, [
    { ...people[0]!, lane: 1 },
    people[0]!,
    people[0]!,
  ])
  await render(db, [order])
  expect(await claimIds(db, await takeTurn(bot))).toEqual([order])
  expect(await listStatuses(db, [reminder, later])).toEqual(['accepted', 'accepted'])
})

test('the same name in another shop holds nothing', async () => {
  const { bot, people } = await setUp(1)
  const elsewhere = await createBot(db)
  await accept(db, elsewhere, [people[0]!])
  const [id = ''] = await queue(db, bot, [people[0]!])
  expect(await claimIds(db, await takeTurn(bot))).toEqual([id])
})

test('a head that is not due holds its chat and lane only', async () => {
  const { bot, people } = await setUp(2)
  const [anna, bruno] = [people[0]!, people[1]!]
  const [first = ''] = await queue(db, bot, [anna])
  const turn = await takeTurn(bot)
  await claim(db, turn)
  await delay(turn, [first], 60_000)
  const [, otherLane, otherChat] = await queue(db, bot, [anna, { ...anna, lane: 1 }, bruno])
  expect(await claimIds(db, turn)).toEqual([otherChat, otherLane])
})

test('a head whose time has come goes before what waits behind it', async () => {
  const { bot, people } = await setUp(1)
  const ids = await queue(db, bot, [people[0]!, people[0]!])
  const turn = await takeTurn(bot)
  await claim(db, turn)
  await delay(turn, [ids[0]!], 0)
  expect(await claimIds(db, turn)).toEqual([ids[0]])
})

test('heads that are not due hide nobody, however many they are', async () => {
  const { bot, people } = await setUp(350)
  const turn = await takeTurn(bot)
  const delayed = await queue(db, bot, people.slice(0, 300))
  expect(await claimIds(db, turn, { take: 300 })).toEqual(delayed)
  await delay(turn, delayed, 60_000)

  const ids = await queue(db, bot, people.slice(300))
  expect(await claimIds(db, turn, { take: 8 })).toEqual(ids.slice(0, 8))
})

test('behind one chat with 5,000 messages all others are found, the oldest first', async () => {
  const { bot, people } = await setUp(51)
  const [crowded, ...others] = people
  const first = await queue(db, bot, [crowded!])
  await queue(db, bot, Array(4_999).fill(crowded))
  const ids = await queue(db, bot, others.toReversed())
  const turn = await takeTurn(bot)
  expect(await claimIds(db, turn)).toEqual([...first, ...ids])
})

test('behind crowded chats a message of a higher lane still goes first', async () => {
  const { bot, people } = await setUp(3)
  const [crowded, bulk, buyer] = [people[0]!, people[1]!, people[2]!]
  await queue(
    db,
    bot,
    Array.from({ length: 300 }, () => ({ ...crowded, lane: 1 })),
  )
  await queue(db, bot, [{ ...bulk, lane: 2 }])
  const [order = ''] = await queue(db, bot, [buyer])
  const claimed = await claimIds(db, await takeTurn(bot), { take: 2 })
  expect(claimed[0]).toBe(order)
  expect(claimed).toHaveLength(2)
})

test('crowded chats that may not receive do not end the search', async () => {
  const { bot, people } = await setUp(4)
  const [busy, waiting, free] = [people[0]!, people[1]!, people[2]!]
  const [unrendered = ''] = await accept(db, bot, [waiting])
  await queue(db, bot, Array(150).fill(busy))
  await queue(db, bot, Array(150).fill(waiting))
  const [id = ''] = await queue(db, bot, [free])
  const turn = await takeTurn(bot)
  expect(await claimIds(db, turn, { take: 2, busyChats: [busy.chatId] })).toEqual([id])
  await finishRendering(db, [{ status: 'failed', id: unrendered, reason: 'no_template' }])
  expect(await claimIds(db, turn, { take: 2, busyChats: [busy.chatId] })).toHaveLength(1)
})

test('a chat that changed its id keeps its order', async () => {
  const { bot, people } = await setUp(1)
  const person = people[0]!
  const ids = await queue(db, bot, [person, person])
  const turn = await takeTurn(bot)
  await claim(db, turn)
  await moveChat(db, bot.shopId, { registrationId: person.registrationId, chatId: '-100777' })
  const [third = ''] = await queue(db, bot, [person])
  expect(await claimIds(db, turn)).toEqual([])
  await delay(turn, [ids[0]!], 0)
  for (const id of [...ids, third]) {
    expect(await claim(db, turn)).toMatchObject([{ id, chatId: '-100777' }])
    await record(db, turn, { id, status: 'sent' })
  }
})
