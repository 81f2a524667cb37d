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

/** Asks for so many slots at once, from two processes; when they are, counted from now, the first one first. */
async function takeSlots(bot: TestBot, count: number): Promise<number[]> {
  const startedMs = performance.now()
  const slots = Array.from({ length: count }, async (_, index) => {
    const slot = await takeSlot(bot, 1 + index, pools[index % 2])
    return slot.status === 'taken' ? performance.now() - startedMs + slot.inMs : Number.NaN
  })
  return (await Promise.all(slots)).toSorted((a, b) => a - b)
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

function gapsOf(times: number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0))
}

// What is measured here between the answers of Postgres, in milliseconds, it has decided a little earlier.
const MEASURED_WITHIN_MS = 100

describe('a slot', () => {
  test('of a bot that nobody sends for is free at once, and the next ones follow closely', async () => {
    const bot = await createBot(db)
    const times = await takeSlots(bot, 10)
    expect(times[0]).toBeLessThan(MEASURED_WITHIN_MS)
    expect(times.at(-1)).toBeGreaterThanOrEqual(9 * REPLY_PACE.aloneGapMs)
    expect(times.at(-1)).toBeLessThan(9 * REPLY_PACE.aloneGapMs + MEASURED_WITHIN_MS)
  })

  test('beside a sender that does not know of people talking comes when it must know', async () => {
    const bot = await createBot(db)
    await setTurnAge(bot, 1)
    await setTalking(bot, -1)
    const times = await takeSlots(bot, 4)
    expect(times[0]).toBeGreaterThanOrEqual(REPLY_PACE.unawareMs)
    for (const gapMs of gapsOf(times))
      expect(gapMs).toBeGreaterThanOrEqual(REPLY_PACE.sharedGapMs - MEASURED_WITHIN_MS)
    expect(times.at(-1)).toBeGreaterThanOrEqual(REPLY_PACE.unawareMs + 3 * REPLY_PACE.sharedGapMs)
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
  const waitMs = Number((await beginTurn(db, bot, RESEND_AFTER_MS))?.coolingUntilMs) - Date.now()
  expect(waitMs).toBeGreaterThanOrEqual(1_000)
  expect(waitMs).toBeLessThan(2_500)
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
