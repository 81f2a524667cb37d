import { claimMessages, coolBot, parkBot, type Claim } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  beginTurn,
  claimIds,
  createBot,
  createContacts,
  openDatabase,
  openTestDatabase,
  queue,
  RESEND_AFTER_MS,
  type TestBot,
  type Turn,
  nextDueMs,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()

async function takeTurn(bot: TestBot): Promise<Turn> {
  const begun = await beginTurn(db, bot, RESEND_AFTER_MS)
  return { ...bot, epoch: begun!.epoch }
}

async function setUp(contacts: number) {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, contacts)
  return { bot, ids: await queue(db, bot, people) }
}

test('claims of one bot at the same time never return the same message, and together all', async () => {
  const { bot, ids } = await setUp(60)
  const turn = await takeTurn(bot)
  const pools = [openDatabase(url, 5), openDatabase(url, 5)]
  const claimed: string[] = []
  // Side by side they look at the same heads, so that some of them come away with nothing.
  while (claimed.length < ids.length) {
    const rounds = await Promise.all(
      Array.from({ length: 10 }, (_, index) => claimIds(pools[index % 2]!, turn, { take: 8 })),
    )
    expect(rounds.flat().length).toBeGreaterThan(0)
    claimed.push(...rounds.flat())
  }
  expect(claimed.toSorted((a, b) => Number(a) - Number(b))).toEqual(ids)
})

test('what another claim is taking is neither waited for nor overtaken', async () => {
  const { bot, ids } = await setUp(1)
  const turn = await takeTurn(bot)
  const other = openDatabase(url, 1)
  await db.transaction().execute(async (transaction) => {
    expect(await claimIds(transaction, turn)).toEqual(ids)
    expect(await claimIds(other, turn)).toEqual([])
  })
  expect(await claimIds(other, turn)).toEqual([])
})

test('an epoch that is no longer the bot’s gets nothing, nor does one that is not yet', async () => {
  const { bot, ids } = await setUp(2)
  const old = await takeTurn(bot)
  const current = await takeTurn(bot)
  const coming = { ...bot, epoch: String(BigInt(current.epoch) + 1n) }
  expect(await claimIds(db, old)).toEqual([])
  expect(await claimIds(db, coming)).toEqual([])
  expect(await claimIds(db, current)).toEqual(ids)
})

test('a bot of another shop is nobody’s', async () => {
  const { bot } = await setUp(1)
  const turn = await takeTurn(bot)
  const elsewhere = await createBot(db)
  expect(await claimIds(db, { ...turn, shopId: elsewhere.shopId })).toEqual([])
})

test('a cooling, a paused and a broken bot give nothing, and all when that is over', async () => {
  const { bot, ids } = await setUp(1)
  const turn = await takeTurn(bot)
  await coolBot(db, bot.shopId, { botId: bot.botId, retryAfterSeconds: 60 })
  expect(await claimIds(db, turn)).toEqual([])
  await sql`update bots set cooling_until = now() where id = ${bot.botId}`.execute(db)

  await sql`update bots set status = 'paused' where id = ${bot.botId}`.execute(db)
  expect(await claimIds(db, turn)).toEqual([])
  expect(await beginTurn(db, bot, RESEND_AFTER_MS)).toBeUndefined()
  await sql`update bots set status = 'active' where id = ${bot.botId}`.execute(db)

  expect(await parkBot(db, bot.shopId, { botId: bot.botId, reason: 'token_refused' })).toBe(true)
  expect(await parkBot(db, bot.shopId, { botId: bot.botId, reason: 'token_refused' })).toBe(false)
  expect(await claimIds(db, turn)).toEqual([])
  await sql`update bots set status = 'active' where id = ${bot.botId}`.execute(db)
  expect(await claimIds(db, turn)).toEqual(ids)
})

test('a wait that Telegram asked for is never shortened', async () => {
  const { bot } = await setUp(0)
  const coolingMs = async () => {
    const begun = await beginTurn(db, bot, RESEND_AFTER_MS)
    return (begun?.coolingUntilMs ?? Date.now()) - Date.now()
  }
  expect(await coolingMs()).toBeLessThanOrEqual(0)
  await coolBot(db, bot.shopId, { botId: bot.botId, retryAfterSeconds: 60 })
  await coolBot(db, bot.shopId, { botId: bot.botId, retryAfterSeconds: 5 })
  expect(await coolingMs()).toBeGreaterThan(30_000)
  // Neither does anything that is due bring the next turn forward.
  expect(await nextDueMs(db, bot)).toBeGreaterThan(30_000)
})

test('a bot is parked for the token that was refused, not for the one it has been given since', async () => {
  const { bot } = await setUp(0)
  const refused = (await beginTurn(db, bot, RESEND_AFTER_MS))!.token
  await sql`update bots set token_ciphertext = 'another' where id = ${bot.botId}`.execute(db)
  expect(await parkBot(db, bot.shopId, { botId: bot.botId, reason: 'x', token: refused })).toBe(false)
  const current = (await beginTurn(db, bot, RESEND_AFTER_MS))!.token
  expect(await parkBot(db, bot.shopId, { botId: bot.botId, reason: 'x', token: current })).toBe(true)
})

test('bots of several shops are served by one statement, each with its own', async () => {
  const scenes = [await setUp(3), await setUp(5), await setUp(1)]
  const turns = await Promise.all(scenes.map(({ bot }) => takeTurn(bot)))
  const stale = { ...turns[1]!, epoch: '0', take: 5, busyChats: [] }
  const requests = turns.map((turn, index) => ({ ...turn, take: index + 2, busyChats: [] }))
  const claims = await claimMessages(db, [stale, ...requests])
  const idsOf = (turn: Turn) => claims.filter(isOf(turn)).map(({ id }) => id)
  expect(turns.map(idsOf)).toEqual(scenes.map(({ ids }, index) => ids.slice(0, index + 2)))
  expect(claims).toHaveLength(2 + 3 + 1)
})

function isOf({ shopId, botId, epoch }: Turn): (claim: Claim) => boolean {
  return (claim) => claim.shopId === shopId && claim.botId === botId && claim.epoch === epoch
}

test('nothing is asked for, nothing is claimed', async () => {
  const { bot } = await setUp(1)
  expect(await claimIds(db, await takeTurn(bot), { take: 0 })).toEqual([])
  expect(await claimMessages(db, [])).toEqual([])
})
