import { createGroup, insertOptinLink, revokeOptinLink, takeOptinLink } from '@postino/database'
import { expect, test } from 'vitest'
import { addBot, createBot, createContact, openTestDatabase, type TestBot } from './database-under-test.ts'

const { db } = await openTestDatabase()

async function createLink(bot: TestBot, expiresInSeconds = 3_600) {
  const { contactId } = await createContact(db, bot)
  const purposes = ['order_updates', 'marketing'] as const
  const link = { botId: bot.botId, contactId, purposes, source: 'checkout', expiresInSeconds }
  return { contactId, ...(await insertOptinLink(db, bot.shopId, link)) }
}

async function take({ shopId, botId }: TestBot, token: string) {
  return await takeOptinLink(db, shopId, { botId, token })
}

test('a link is taken once, with what it was made for', async () => {
  const bot = await createBot(db)
  const { token, contactId } = await createLink(bot)
  expect(token).toMatch(/^[\w-]{22}$/)
  const purposes = ['order_updates', 'marketing']
  expect(await take(bot, token)).toMatchObject({ status: 'taken', contactId, purposes, source: 'checkout' })
  expect(await take(bot, token)).toEqual({ status: 'used' })
})

test('[WEB-11] a link may be for nobody yet, and gives all it was made with to whoever takes it', async () => {
  const bot = await createBot(db)
  const group = await createGroup(db, bot.shopId, { keyword: 'vip', name: 'VIP' })
  const { id, token } = await insertOptinLink(db, bot.shopId, {
    botId: bot.botId,
    email: 'giulia@example.it',
    groupId: group?.id,
    purposes: ['marketing'],
    source: 'web_form',
    makesTester: true,
    locale: 'it',
    evidence: { request_id: 'r-1', purposes: ['marketing'] },
    expiresInSeconds: 60,
  })
  expect(await take(bot, token)).toEqual({
    status: 'taken',
    id,
    contactId: undefined,
    email: 'giulia@example.it',
    groupId: group?.id,
    purposes: ['marketing'],
    source: 'web_form',
    makesTester: true,
    replacementId: undefined,
    locale: 'it',
    evidence: { request_id: 'r-1', purposes: ['marketing'] },
  })
})

test('of taking and revoking at once one wins, and both say so', async () => {
  const bot = await createBot(db)
  for (let round = 0; round < 20; round++) {
    const { token, id } = await createLink(bot)
    const [taken, revoked] = await Promise.all([take(bot, token), revokeOptinLink(db, bot.shopId, id)])
    expect([`${taken.status} ${revoked}`]).toEqual([
      taken.status === 'taken' ? 'taken used' : 'revoked revoked',
    ])
  }
})

test('of 20 who try at once one takes it', async () => {
  const bot = await createBot(db)
  const { token } = await createLink(bot)
  const taken = await Promise.all(Array.from({ length: 20 }, () => take(bot, token)))
  expect(taken.filter(({ status }) => status === 'taken')).toHaveLength(1)
  expect(taken.filter(({ status }) => status === 'used')).toHaveLength(19)
})

test('an expired link opens nothing, and says so', async () => {
  const bot = await createBot(db)
  const { token } = await createLink(bot, 0)
  expect(await take(bot, token)).toEqual({ status: 'expired' })
})

test('a link made for one bot is unknown to another, of the same shop too, and stays good for its own', async () => {
  const bot = await createBot(db)
  const { token } = await createLink(bot)
  expect(await take(await addBot(db, bot.shopId), token)).toEqual({ status: 'unknown' })
  expect(await take(await createBot(db), token)).toEqual({ status: 'unknown' })
  expect(await take(bot, 'never-made')).toEqual({ status: 'unknown' })
  expect(await take(bot, token)).toMatchObject({ status: 'taken' })
})

test('a link cannot be made for a contact or a bot of another shop', async () => {
  const [bot, elsewhere] = [await createBot(db), await createBot(db)]
  const { contactId } = await createContact(db, elsewhere)
  const link = { botId: bot.botId, purposes: [], source: 'x', expiresInSeconds: 60 }
  await expect(insertOptinLink(db, bot.shopId, { ...link, contactId })).rejects.toThrow('foreign key')
  const foreign = { ...link, botId: elsewhere.botId, contactId }
  await expect(insertOptinLink(db, bot.shopId, foreign)).rejects.toThrow('foreign key')
  const group = await createGroup(db, elsewhere.shopId, { keyword: 'vip', name: 'VIP' })
  await expect(insertOptinLink(db, bot.shopId, { ...link, groupId: group?.id })).rejects.toThrow(
    'foreign key',
  )
})

test('the token itself is not kept', async () => {
  const bot = await createBot(db)
  const { token } = await createLink(bot)
  const rows = await db.selectFrom('optin_links').selectAll().where('bot_id', '=', bot.botId).execute()
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(token)
  expect(rows[0]?.token_hash.toString('utf8')).not.toContain(token)
})
