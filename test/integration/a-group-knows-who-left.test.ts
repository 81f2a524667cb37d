import {
  addGroupMembers,
  changeGroup,
  createGroup,
  deleteGroup,
  findGroup,
  joinGroup,
  leaveGroup,
  listGroupMembers,
  listGroups,
  listGroupsOfContact,
  readOptinPageSettings,
  removeGroupMember,
  saveOptinPage,
} from '@postino/database'
import { optinPageSchema } from '@postino/domain'
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  addBot,
  createBot,
  createContact,
  createContacts,
  openTestDatabase,
  type TestBot,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

async function setUp() {
  const bot = await createBot(db)
  const group = await createGroup(db, bot.shopId, { keyword: 'vip', name: 'VIP' })
  assert(group !== undefined)
  const { shopId } = bot
  const member = async () => ({ groupId: group.id, contactId: (await createContact(db, bot)).contactId })
  return { bot, shopId, groupId: group.id, member }
}

async function add(bot: TestBot, groupId: string, externalIds: string[]) {
  const added = await addGroupMembers(db, bot.shopId, { groupId, externalIds, source: 'api' })
  return added?.map(({ externalId, outcome }) => `${externalId} ${outcome}`)
}

test('[WEB-27] a contact may be in several groups, and is asked what each is about', async () => {
  const { bot, shopId, groupId, member } = await setUp()
  const second = await createGroup(db, shopId, { keyword: 'news', name: 'News', purposes: ['messages'] })
  expect(second).toMatchObject({ isOpen: true, purposes: ['messages'] })
  expect((await findGroup(db, shopId, { id: groupId }))?.purposes).toEqual(['marketing'])
  const { contactId } = await member()
  for (const id of [groupId, second!.id]) {
    expect(await joinGroup(db, bot.shopId, { groupId: id, contactId, source: 'bot_dialog' })).toBe('joined')
  }
  const groups = await listGroupsOfContact(db, shopId, contactId)
  expect(groups.map(({ keyword }) => keyword)).toEqual(['news', 'vip'])
})

test('[WEB-22] who left by their own act is not added again by the shop, and may come back themselves', async () => {
  const { bot, shopId, groupId } = await setUp()
  const { contactId, recipient } = await createContact(db, bot)
  expect(await add(bot, groupId, [recipient])).toEqual([`${recipient} added`])
  expect(await leaveGroup(db, shopId, { groupId, contactId, source: 'bot_dialog' })).toBe('left')
  expect(await leaveGroup(db, shopId, { groupId, contactId, source: 'bot_dialog' })).toBe('not_in')
  expect(await add(bot, groupId, [recipient])).toEqual([`${recipient} left_by_contact`])
  expect(await listGroupMembers(db, shopId, { groupId, limit: 10 })).toEqual([])
  expect(await joinGroup(db, shopId, { groupId, contactId, source: 'bot_dialog' })).toBe('joined')
  expect(await joinGroup(db, shopId, { groupId, contactId, source: 'bot_dialog' })).toBe('already')
  expect(await listGroupMembers(db, shopId, { groupId, limit: 10 })).toMatchObject([
    { contactId, source: 'bot_dialog' },
  ])
})

test('whom the shop took out it may add again, unless they said themselves that they leave', async () => {
  const { bot, shopId, groupId } = await setUp()
  const { contactId, recipient } = await createContact(db, bot)
  await add(bot, groupId, [recipient])
  expect(await removeGroupMember(db, shopId, { groupId, contactId })).toBe(true)
  expect(await removeGroupMember(db, shopId, { groupId, contactId })).toBe(false)
  expect(await add(bot, groupId, [recipient])).toEqual([`${recipient} added`])
  await removeGroupMember(db, shopId, { groupId, contactId })
  expect(await leaveGroup(db, shopId, { groupId, contactId, source: 'bot_dialog' })).toBe('not_in')
  expect(await removeGroupMember(db, shopId, { groupId, contactId })).toBe(false)
  expect(await add(bot, groupId, [recipient])).toEqual([`${recipient} left_by_contact`])
})

test('who leaves a group they are not in is not added to it afterwards', async () => {
  const { bot, shopId, groupId } = await setUp()
  const { contactId, recipient } = await createContact(db, bot)
  expect(await leaveGroup(db, shopId, { groupId, contactId, source: 'bot_dialog' })).toBe('not_in')
  expect(await add(bot, groupId, [recipient])).toEqual([`${recipient} left_by_contact`])
})

test('joining and leaving take effect in the order Telegram brought them in, whichever arrives first', async () => {
  const { bot, shopId, groupId } = await setUp()
  const { contactId } = await createContact(db, bot)
  const act = (date: number, id: number, botId = bot.botId) => ({
    groupId,
    contactId,
    source: 'bot_dialog',
    update: { date, id, botId },
  })
  const isIn = async () => (await listGroupsOfContact(db, shopId, contactId)).length > 0
  expect(await leaveGroup(db, shopId, act(1_000, 8))).toBe('not_in')
  expect(await joinGroup(db, shopId, act(1_000, 7))).toBe('overtaken')
  expect(await isIn()).toBe(false)
  expect(await joinGroup(db, shopId, act(1_000, 9))).toBe('joined')
  // After a quiet week Telegram counts on from anywhere.
  expect(await leaveGroup(db, shopId, act(100, 10))).toBe('overtaken')
  expect(await joinGroup(db, shopId, act(1_001, 11))).toBe('already')
  expect(await leaveGroup(db, shopId, act(1_000, 10))).toBe('overtaken')
  expect(await isIn()).toBe(true)
  // The numbers of another bot's updates say nothing about these.
  const second = await addBot(db, shopId)
  expect(await leaveGroup(db, shopId, act(1_001, 3, second.botId))).toBe('left')
  // What came by our page is as new as it is.
  expect(await joinGroup(db, shopId, { groupId, contactId, source: 'telegram_login' })).toBe('joined')
  expect(await leaveGroup(db, shopId, act(1_002, 12))).toBe('overtaken')
})

test('each one that is added is told what became of them', async () => {
  const { bot, groupId } = await setUp()
  const [first, second, gone] = await createContacts(db, bot, 3)
  await sql`update contacts set erased_at = now() where id = ${gone!.contactId}`.execute(db)
  const { recipient: foreign } = await createContact(db, await createBot(db))
  await add(bot, groupId, [second!.recipient])
  const given = ['nobody', first!.recipient, first!.recipient, second!.recipient, foreign, gone!.recipient]
  expect(await add(bot, groupId, given)).toEqual([
    'nobody unknown',
    `${first!.recipient} added`,
    `${second!.recipient} already`,
    `${foreign} unknown`,
    `${gone!.recipient} unknown`,
  ])
})

test('one person under two ids is one member', async () => {
  const { bot, shopId, groupId } = await setUp()
  const [former, present] = await createContacts(db, bot, 2)
  await sql`update contacts set merged_into = ${present!.contactId} where id = ${former!.contactId}`.execute(
    db,
  )
  expect(await add(bot, groupId, [former!.recipient, present!.recipient])).toEqual([
    `${former!.recipient} added`,
    `${present!.recipient} added`,
  ])
  const members = await listGroupMembers(db, shopId, { groupId, limit: 10 })
  expect(members.map(({ contactId }) => contactId)).toEqual([present!.contactId])
})

test('of many who add the same 200 people at once each is answered, and each person is in once', async () => {
  const { bot, shopId, groupId } = await setUp()
  await sql`insert into contacts (shop_id, external_id)
    select ${shopId}, 'many-' || n from generate_series(1, 200) n`.execute(db)
  const externalIds = Array.from({ length: 200 }, (_, index) => `many-${index + 1}`)
  const orders = [externalIds, externalIds.toReversed(), externalIds, externalIds.toReversed()]
  const answers = (await Promise.all(orders.map((ids) => add(bot, groupId, ids)))).flatMap(
    (each) => each ?? [],
  )
  expect(answers.filter((answer) => answer.endsWith(' added'))).toHaveLength(200)
  expect(answers.filter((answer) => answer.endsWith(' already'))).toHaveLength(600)
  expect(await listGroupMembers(db, shopId, { groupId, limit: 1_000 })).toHaveLength(200)
})

test('members and groups come page by page', async () => {
  const { bot, shopId, groupId } = await setUp()
  const people = await createContacts(db, bot, 5)
  await add(
    bot,
    groupId,
    people.map(({ recipient }) => recipient),
  )
  const first = await listGroupMembers(db, shopId, { groupId, limit: 3 })
  const second = await listGroupMembers(db, shopId, { groupId, limit: 3, after: first.at(-1)?.contactId })
  expect([...first, ...second].map(({ externalId }) => externalId)).toEqual(
    people.map(({ recipient }) => recipient),
  )
  const next = await createGroup(db, shopId, { keyword: 'news', name: 'News' })
  expect((await listGroups(db, shopId, { limit: 1 })).map(({ keyword }) => keyword)).toEqual(['vip'])
  expect(await listGroups(db, shopId, { limit: 5, after: groupId })).toEqual([next])
})

test('a keyword is one group’s, whoever creates or renames at once', async () => {
  const { shopId, groupId } = await setUp()
  const made = await Promise.all(
    Array.from({ length: 5 }, () => createGroup(db, shopId, { keyword: 'oro', name: 'Oro' })),
  )
  expect(made.filter((group) => group !== undefined)).toHaveLength(1)
  expect(await changeGroup(db, shopId, { groupId, keyword: 'oro' })).toBe('taken')
  expect(await changeGroup(db, shopId, { groupId, keyword: 'argento', isOpen: false })).toMatchObject({
    id: groupId,
    keyword: 'argento',
    name: 'VIP',
    isOpen: false,
  })
  expect(await findGroup(db, shopId, { keyword: 'vip' })).toBeUndefined()
})

test('the opt-in page follows its group to another keyword, and leads nowhere when it is deleted', async () => {
  const { shopId, groupId } = await setUp()
  const [other, elsewhere] = [
    await createBot(db),
    await createGroup(db, shopId, { keyword: 'oro', name: 'Oro' }),
  ]
  const settings = optinPageSchema.parse({ group: 'vip', name: 'Bottega' })
  for (const shop of [shopId, other.shopId]) await saveOptinPage(db, shop, { isPublished: true, settings })
  const pageOf = async (shop: string) => (await readOptinPageSettings(db, shop)).settings
  await changeGroup(db, shopId, { groupId, keyword: 'oro' })
  expect(await pageOf(shopId)).toEqual(settings)
  await changeGroup(db, shopId, { groupId, keyword: 'argento' })
  expect(await pageOf(shopId)).toEqual({ ...settings, group: 'argento' })
  await deleteGroup(db, shopId, elsewhere!.id)
  expect((await pageOf(shopId)).group).toBe('argento')
  await deleteGroup(db, shopId, groupId)
  expect(await pageOf(shopId)).toEqual({ ...settings, group: undefined })
  expect(await pageOf(other.shopId)).toEqual(settings)
})

test('another shop neither sees, changes, fills nor deletes a group', async () => {
  const { shopId, groupId } = await setUp()
  const elsewhere = await createBot(db)
  const { contactId, recipient } = await createContact(db, elsewhere)
  expect(await findGroup(db, elsewhere.shopId, { id: groupId })).toBeUndefined()
  expect(await changeGroup(db, elsewhere.shopId, { groupId, name: 'x' })).toBeUndefined()
  expect(await changeGroup(db, elsewhere.shopId, { groupId })).toBeUndefined()
  expect(await deleteGroup(db, elsewhere.shopId, groupId)).toBe(false)
  expect(await add(elsewhere, groupId, [recipient])).toBeUndefined()
  await expect(joinGroup(db, elsewhere.shopId, { groupId, contactId, source: 'bot_dialog' })).rejects.toThrow(
    'foreign key',
  )
  expect(await findGroup(db, shopId, { id: groupId })).toMatchObject({ name: 'VIP' })
})

test('[WEB-24] a deleted group takes nobody’s registration with it', async () => {
  const { bot, shopId, groupId } = await setUp()
  const { contactId, recipient, registrationId } = await createContact(db, bot)
  await add(bot, groupId, [recipient])
  expect(await deleteGroup(db, shopId, groupId)).toBe(true)
  expect(await deleteGroup(db, shopId, groupId)).toBe(false)
  expect(await listGroupsOfContact(db, shopId, contactId)).toEqual([])
  const { rows } = await sql`select status from registrations where id = ${registrationId}`.execute(db)
  expect(rows).toEqual([{ status: 'active' }])
})
