import {
  createGroup,
  addGroupMembers,
  joinGroup,
  leaveGroup,
  mergeContacts,
  removeGroupMember,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  beginTurn,
  claim,
  createBot,
  createContact,
  openTestDatabase,
  queue,
  RESEND_AFTER_MS,
} from './database-under-test.ts'

const { db } = await openTestDatabase()
const bot = await createBot(db)
const { shopId } = bot

const merge = async (fromContactId: string, intoContactId: string) =>
  await db.transaction().execute(
    async (trx) =>
      await mergeContacts(trx, shopId, {
        fromContactId,
        intoContactId,
        matchedBy: 'phone',
        actor: 'contact',
        evidence: { update_id: 7 },
      }),
  )

const findContact = async (id: string) =>
  await db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

test('[WEB-18] the survivor’s own profile stays, and what it has not is filled, with its proof', async () => {
  const [from, into] = [await createContact(db, bot), await createContact(db, bot)]
  const proven = { phone_verified_at: new Date(), email_verified_at: new Date() }
  await db
    .updateTable('contacts')
    .set({
      ...proven,
      first_name: 'Ada',
      last_name: 'Rossi',
      phone: '+393470000001',
      email: 'Ada@example.it',
      birthday: '--05-12',
      attributes: JSON.stringify({ tier: 'gold', size: 'm' }),
    })
    .where('id', '=', from.contactId)
    .execute()
  await db
    .updateTable('contacts')
    .set({
      first_name: 'Adele',
      phone: '+393470000002',
      email: 'ada@example.it',
      attributes: JSON.stringify({ size: 'l' }),
    })
    .where('id', '=', into.contactId)
    .execute()
  expect(await merge(from.contactId, into.contactId)).toEqual({
    status: 'merged',
    mergeId: expect.any(String),
  })
  expect(await findContact(into.contactId)).toMatchObject({
    first_name: 'Adele',
    last_name: 'Rossi',
    // Another number than the one that was proven.
    phone: '+393470000002',
    phone_verified_at: null,
    // The same mailbox.
    email: 'ada@example.it',
    email_verified_at: expect.any(Date),
    birthday: '--05-12',
    attributes: { tier: 'gold', size: 'l' },
  })
  expect(await findContact(from.contactId)).toMatchObject({
    merged_into: into.contactId,
    first_name: null,
    last_name: null,
    phone: null,
    email: null,
    birthday: null,
    attributes: {},
  })
})

test('[WEB-18] of groups both are in one, and who left by their own act in either stays outside', async () => {
  const [from, into] = [await createContact(db, bot), await createContact(db, bot)]
  const groups = [
    'only-from',
    'only-into',
    'from-left',
    'into-left',
    'shop-took-out',
    'shop-took-out-of-both',
  ]
  const ids = new Map<string, string>()
  for (const keyword of groups) {
    const group = await createGroup(db, shopId, { keyword, name: keyword })
    ids.set(keyword, group!.id)
  }
  const act = (keyword: string, { contactId }: { contactId: string }) => ({
    groupId: ids.get(keyword)!,
    contactId,
    source: 'test',
  })
  for (const keyword of ['only-from', 'into-left', 'shop-took-out'])
    await joinGroup(db, shopId, act(keyword, from))
  for (const keyword of ['only-into', 'from-left']) await joinGroup(db, shopId, act(keyword, into))
  await leaveGroup(db, shopId, act('from-left', from))
  await leaveGroup(db, shopId, act('into-left', into))
  for (const [keyword, contacts] of [
    ['shop-took-out', [into]],
    ['shop-took-out-of-both', [from, into]],
  ] as const) {
    const externalIds = contacts.map(({ recipient }) => recipient)
    await addGroupMembers(db, shopId, { groupId: ids.get(keyword)!, externalIds, source: 'api' })
    for (const contact of contacts) await removeGroupMember(db, shopId, act(keyword, contact))
  }
  await merge(from.contactId, into.contactId)
  const members = await db
    .selectFrom('group_members')
    .innerJoin('groups', 'groups.id', 'group_members.group_id')
    .select(['keyword', 'left_by as leftBy'])
    .where('contact_id', 'in', [from.contactId, into.contactId])
    .orderBy('groups.id')
    .execute()
  expect(members).toEqual([
    { keyword: 'only-from', leftBy: null },
    { keyword: 'only-into', leftBy: null },
    { keyword: 'from-left', leftBy: 'contact' },
    { keyword: 'into-left', leftBy: 'contact' },
    { keyword: 'shop-took-out', leftBy: null },
    { keyword: 'shop-took-out-of-both', leftBy: 'shop' },
  ])
})

test('[WEB-18] what waits, what is under way and what is still to be sent again goes along', async () => {
  const [from, into] = [await createContact(db, bot), await createContact(db, bot)]
  const ids = await queue(db, bot, [from, from, from, from])
  await sql`update messages set status = 'unknown', due_at = now() + interval '1 hour' where id = ${ids[1]}`.execute(
    db,
  )
  await sql`update messages set status = 'sent' where id = ${ids[2]}`.execute(db)
  await claim(db, (await beginTurn(db, bot, RESEND_AFTER_MS))!)
  await merge(from.contactId, into.contactId)
  const messages = await db
    .selectFrom('messages')
    .select(['status', 'contact_id as contactId'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  expect(messages).toEqual([
    { status: 'sending', contactId: into.contactId },
    { status: 'unknown', contactId: into.contactId },
    // What has ended stays what it was.
    { status: 'sent', contactId: from.contactId },
    { status: 'queued', contactId: into.contactId },
  ])
})

test('one step leads from every former contact to the survivor', async () => {
  const [first, second, third] = [
    await createContact(db, bot),
    await createContact(db, bot),
    await createContact(db, bot),
  ]
  await merge(first.contactId, second.contactId)
  await merge(second.contactId, third.contactId)
  for (const { contactId } of [first, second])
    expect(await findContact(contactId)).toMatchObject({ merged_into: third.contactId })
})

test('nothing is merged with itself, with what was merged or erased, or with another shop’s', async () => {
  const [one, gone, erased] = [
    await createContact(db, bot),
    await createContact(db, bot),
    await createContact(db, bot),
  ]
  const elsewhere = await createContact(db, await createBot(db))
  await merge(gone.contactId, (await createContact(db, bot)).contactId)
  await db.updateTable('contacts').set({ erased_at: new Date() }).where('id', '=', erased.contactId).execute()
  for (const [from, into] of [
    [one, one],
    [gone, one],
    [one, gone],
    [erased, one],
    [one, erased],
    [elsewhere, one],
    [one, elsewhere],
  ] as const) {
    expect(await merge(from.contactId, into.contactId)).toEqual({ status: 'not_live' })
  }
  expect(await findContact(one.contactId)).toMatchObject({ merged_into: null })
})
