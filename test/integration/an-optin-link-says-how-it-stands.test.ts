import {
  createGroup,
  findOptinLink,
  insertOptinLink,
  listOptinLinks,
  noteRegistrationOfLink,
  revokeOptinLink,
  takeOptinLink,
  type NewOptinLink,
} from '@postino/database'
import { expect, test } from 'vitest'
import { addBot, createBot, createContact, openTestDatabase, type TestBot } from './database-under-test.ts'

const { db } = await openTestDatabase()

async function createLink({ shopId, botId }: TestBot, more: Partial<NewOptinLink> = {}) {
  const link = { botId, purposes: ['order_updates'] as const, source: 'checkout', expiresInSeconds: 600 }
  return await insertOptinLink(db, shopId, { ...link, ...more })
}

test('a link is open until it is used, revoked or too old', async () => {
  const bot = await createBot(db)
  const links = [await createLink(bot), await createLink(bot), await createLink(bot, { expiresInSeconds: 0 })]
  const statuses = async () =>
    await Promise.all(links.map(async ({ id }) => (await findOptinLink(db, bot.shopId, { id }))?.status))
  expect(await statuses()).toEqual(['open', 'open', 'expired'])
  await takeOptinLink(db, bot.shopId, { botId: bot.botId, token: links[0]!.token })
  expect(await revokeOptinLink(db, bot.shopId, links[0]!.id)).toBe('used')
  expect(await revokeOptinLink(db, bot.shopId, links[1]!.id)).toBe('revoked')
  expect(await revokeOptinLink(db, bot.shopId, links[1]!.id)).toBe('revoked')
  expect(await revokeOptinLink(db, bot.shopId, links[2]!.id)).toBe('revoked')
  expect(await statuses()).toEqual(['used', 'revoked', 'revoked'])
})

test('a revoked link binds nobody, and says so', async () => {
  const bot = await createBot(db)
  const { id, token } = await createLink(bot)
  await revokeOptinLink(db, bot.shopId, id)
  const taken = await takeOptinLink(db, bot.shopId, { botId: bot.botId, token })
  expect(taken).toEqual({ status: 'revoked' })
})

test('a link is found by its id or its token, never by another shop, and tells no token', async () => {
  const [bot, elsewhere] = [await createBot(db), await createBot(db)]
  const { contactId, recipient } = await createContact(db, bot)
  const group = await createGroup(db, bot.shopId, { keyword: 'vip', name: 'VIP' })
  const { id, token } = await createLink(bot, { contactId, groupId: group?.id })
  const found = await findOptinLink(db, bot.shopId, { token })
  expect(found).toMatchObject({ id, contactId, externalId: recipient, groupKeyword: 'vip', botUsername: 'b' })
  expect(JSON.stringify(found)).not.toContain(token)
  expect(await findOptinLink(db, bot.shopId, { id })).toEqual(found)
  expect(await findOptinLink(db, elsewhere.shopId, { id })).toBeUndefined()
  expect(await findOptinLink(db, elsewhere.shopId, { token })).toBeUndefined()
  expect(await revokeOptinLink(db, elsewhere.shopId, id)).toBeUndefined()
  expect((await findOptinLink(db, bot.shopId, { id }))?.status).toBe('open')
})

test('a used link says to which registration it led', async () => {
  const bot = await createBot(db)
  const { registrationId } = await createContact(db, bot)
  const [used, open] = [await createLink(bot), await createLink(bot)]
  await takeOptinLink(db, bot.shopId, { botId: bot.botId, token: used.token })
  for (const { id } of [used, open]) {
    await noteRegistrationOfLink(db, bot.shopId, { linkId: id, registrationId })
  }
  expect((await findOptinLink(db, bot.shopId, { id: used.id }))?.registrationId).toBe(registrationId)
  expect((await findOptinLink(db, bot.shopId, { id: open.id }))?.registrationId).toBeNull()
})

test('links are listed the youngest first, page by page, and by what they are for', async () => {
  const bot = await createBot(db)
  const second = await addBot(db, bot.shopId)
  const { contactId } = await createContact(db, bot)
  const group = await createGroup(db, bot.shopId, { keyword: 'vip', name: 'VIP' })
  await createLink(await createBot(db))
  const links = {
    plain: await createLink(bot),
    bound: await createLink(bot, { contactId }),
    grouped: await createLink(bot, { groupId: group?.id, source: 'qr_pos' }),
    other: await createLink({ ...bot, botId: second.botId }),
    old: await createLink(bot, { expiresInSeconds: 0 }),
  }
  const names = new Map(Object.entries(links).map(([name, { id }]) => [id, name]))
  const list = async (filter: Partial<Parameters<typeof listOptinLinks>[2]> = {}) =>
    (await listOptinLinks(db, bot.shopId, { limit: 10, ...filter })).map(({ id }) => names.get(id))
  expect(await list()).toEqual(['old', 'other', 'grouped', 'bound', 'plain'])
  expect(await list({ limit: 2 })).toEqual(['old', 'other'])
  expect(await list({ limit: 2, before: links.other.id })).toEqual(['grouped', 'bound'])
  expect(await list({ contactId })).toEqual(['bound'])
  expect(await list({ groupId: group?.id })).toEqual(['grouped'])
  expect(await list({ botId: second.botId })).toEqual(['other'])
  expect(await list({ source: 'qr_pos' })).toEqual(['grouped'])
  expect(await list({ status: 'expired' })).toEqual(['old'])
  expect(await list({ status: 'open', source: 'checkout' })).toEqual(['other', 'bound', 'plain'])
})
