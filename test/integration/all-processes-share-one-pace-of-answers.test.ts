import { coolBot, coolChat, takeReplySlot, type ReplySlot } from '@postino/database'
import { REPLY_PACE } from '@postino/bot/bot/reply-pace.ts'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import {
  beginTurn,
  claimIds,
  createBot,
  createContact,
  openDatabase,
  openTestDatabase,
  queue,
  RESEND_AFTER_MS,
  type TestBot,
} from './database-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const { url, db } = await openTestDatabase()
/** Of two processes. */
const pools = [openDatabase(url, 4), openDatabase(url, 4)]

/** Asks for so many slots at once, from two processes. */
async function takeSlots(bot: TestBot, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      expect(await takeSlot(bot, 1 + index, pools[index % 2])).toMatchObject({ status: 'taken' })
    }),
  )
}

/** Epoch milliseconds by Postgres: from when on the next slot is free, and no turn before it is to send. */
async function timesOf({ botId }: TestBot): Promise<{ nextMs: number; fastUntilMs: number | null }> {
  const { rows } = await sql<{ nextMs: number; fastUntilMs: number | null }>`
    select (extract(epoch from next_reply_at) * 1000)::float8 as "nextMs",
      (extract(epoch from fast_replies_until) * 1000)::float8 as "fastUntilMs"
    from bots where id = ${botId}`.execute(db)
  return rows[0]!
}

async function takeSlot({ shopId, botId }: TestBot, chatId = 1, pool = db): Promise<ReplySlot> {
  return await takeReplySlot(pool, shopId, { botId, chatId, pace: REPLY_PACE })
}

/** As if the bot had had its last turn so long ago. */
async function setTurnAge({ botId }: TestBot, seconds: number): Promise<void> {
  await sql`update bots set turn_started_at = clock_timestamp() - ${seconds} * interval '1 second'
    where id = ${botId}`.execute(db)
}

/** As if people had talked with the bot since long ago, or not for a minute. */
async function setTalking({ botId }: TestBot, forSeconds: number): Promise<void> {
  await sql`update bots set talking_until = clock_timestamp() + ${forSeconds} * interval '1 second'
    where id = ${botId}`.execute(db)
}

describe('a slot', () => {
  test('of a bot that nobody sends for is free at once, and the next ones follow closely', async () => {
    const bot = await createBot(db)
    expect(await takeSlot(bot)).toEqual({ status: 'taken', inMs: 0 })
    const { nextMs } = await timesOf(bot)
    expect(Object(await takeSlot(bot)).inMs).toBeLessThanOrEqual(REPLY_PACE.aloneGapMs)
    await takeSlots(bot, 9)
    expect((await timesOf(bot)).nextMs - nextMs).toBeGreaterThanOrEqual(10 * REPLY_PACE.aloneGapMs)
  })

  test('beside a sender that does not know of people talking comes when it must know', async () => {
    const bot = await createBot(db)
    await setTurnAge(bot, 1)
    await setTalking(bot, -1)
    expect(await takeSlot(bot)).toEqual({ status: 'taken', inMs: REPLY_PACE.unawareMs })
    const { nextMs } = await timesOf(bot)
    await takeSlots(bot, 4)
    expect((await timesOf(bot)).nextMs - nextMs).toBeGreaterThanOrEqual(4 * REPLY_PACE.sharedGapMs)
  })

  test('beside a sender that knows is free at once', async () => {
    const bot = await createBot(db)
    await setTurnAge(bot, 1)
    await setTalking(bot, 45)
    expect(await takeSlot(bot)).toMatchObject({ status: 'taken', inMs: 0 })
  })

  test('is that of a bot with a sender while a call is under way, however long its turn lasts', async () => {
    const bot = await createBot(db)
    const { recipient } = await createContact(db, bot)
    await queue(db, bot, [{ recipient }])
    const turn = await beginTurn(db, bot, RESEND_AFTER_MS)
    expect(await claimIds(db, turn!)).toHaveLength(1)
    await setTurnAge(bot, 20)
    expect(Object(await takeSlot(bot)).inMs).toBe(REPLY_PACE.unawareMs)
  })

  test('tells each turn that people talk, for half a minute at least', async () => {
    const bot = await createBot(db)
    expect(await beginTurn(db, bot, RESEND_AFTER_MS)).toMatchObject({ isTalking: false })
    await takeSlot(bot)
    expect(await beginTurn(db, bot, RESEND_AFTER_MS)).toMatchObject({ isTalking: true })
    for (const leftSeconds of [1, 29]) {
      await setTalking(bot, leftSeconds)
      await takeSlot(bot)
      const { rows } = await sql<{ left: number }>`
        select extract(epoch from talking_until - now())::float8 as left from bots where id = ${bot.botId}`.execute(
        db,
      )
      expect(rows[0]?.left).toBeGreaterThanOrEqual(59)
    }
  })

  test('is not given while the bot or the chat cools, whoever was told', async () => {
    const bot = await createBot(db)
    const { shopId, botId } = bot
    const contact = await createContact(db, bot)
    const chatId = Number(contact.chatId)
    await coolChat(db, shopId, { registrationId: contact.registrationId, retryAfterSeconds: 10 })
    expect(await takeSlot(bot, chatId)).toMatchObject({ status: 'cooling', scope: 'chat' })
    expect(await takeSlot(bot)).toMatchObject({ status: 'taken' })
    await coolBot(db, shopId, { botId, retryAfterSeconds: 20 })
    const slot = await takeSlot(bot, chatId)
    expect(slot).toMatchObject({ status: 'cooling', scope: 'bot' })
    expect(Object(slot).leftMs).toBeGreaterThan(19_000)
  })
})

test('a turn that begins after many quick answers waits out their second; one lone answer keeps no turn waiting', async () => {
  const bot = await createBot(db)
  await takeSlot(bot)
  expect((await beginTurn(db, bot, RESEND_AFTER_MS))?.coolingUntilMs).toBeUndefined()
  await setTurnAge(bot, 4)
  await takeSlots(bot, 10)
  const { nextMs, fastUntilMs } = await timesOf(bot)
  expect(fastUntilMs).toBeGreaterThanOrEqual(nextMs - REPLY_PACE.aloneGapMs + 1_000)
  expect((await beginTurn(db, bot, RESEND_AFTER_MS))?.coolingUntilMs).toBeDefined()
})

test('of a turn and an answer that begin at the same moment, the later one knows of the earlier', async () => {
  const known = new Set<string>()
  for (let round = 0; round < 60; round++) {
    const bot = await createBot(db)
    // Whichever is asked first.
    const turn = () => beginTurn(pools[0] ?? db, bot, RESEND_AFTER_MS)
    const slot = () => takeSlot(bot, 1, pools[1])
    const [begun, taken] =
      round % 2 === 0
        ? await Promise.all([turn(), slot()])
        : (await Promise.all([slot(), turn()])).toReversed()
    const knowsOfAnswer = Object(begun).isTalking === true
    const knowsOfTurn = Object(taken).inMs >= REPLY_PACE.unawareMs
    expect({ round, isOneKnown: knowsOfAnswer || knowsOfTurn }).toEqual({ round, isOneKnown: true })
    known.add(knowsOfTurn ? 'the answer of the turn' : 'the turn of the answer')
  }
  expect(known.size).toBe(2)
})

test('beside a sender two processes answer a crowd with five in any second at most', async () => {
  const scene = await createBotScene()
  const processes = [await scene.serve('webhook', REPLY_PACE), await scene.serve('webhook', REPLY_PACE)]
  await sql`update bots set turn_started_at = now() + interval '1 minute'`.execute(scene.database)
  const people = Array.from({ length: 8 }, () => scene.addPhone())
  // These reach the process that Telegram knows; the others one or the other.
  for (const phone of people) phone.start()
  const help = people.map(({ person }, index) =>
    updatesOf(person).command(1_000 + index, 1_795_000_000, '/help'),
  )
  await Promise.all(help.map(async (update, index) => await processes[index % 2]?.deliver(update)))
  await waitUntil(() => people.every((phone) => phone.heard().length === 2))
  const times = scene.emulator
    .requests()
    .requests.filter(({ method }) => method === 'sendMessage')
    .map(({ at_ms: atMs }) => atMs)
  for (const atMs of times) {
    expect(times.filter((other) => other >= atMs && other < atMs + 1_000).length).toBeLessThanOrEqual(5)
  }
})
