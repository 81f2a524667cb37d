import { Readable } from 'node:stream'
import { bindChat, importContacts, insertConsents, mergeContacts, upsertContact } from '@postino/database'
import type { ImportIssue } from '@postino/domain'
import { readContacts } from '@postino/imports'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { createBot, openTestDatabase, type TestBot } from './database-under-test.ts'

const { db } = await openTestDatabase()
let bot: TestBot

beforeEach(async () => {
  bot = await createBot(db)
})

async function run(lines: string[], isDryRun = false) {
  const issues: ImportIssue[] = []
  const counts = await importContacts(db, bot.shopId, {
    batches: readContacts(Readable.from([lines.join('\n')])),
    isDryRun,
    onIssues: (more) => void issues.push(...more),
  })
  return { counts, issues: issues.map(({ line, code }) => `${line} ${code}`) }
}

async function listContacts() {
  return await db
    .selectFrom('contacts')
    .select(['external_id', 'first_name', 'phone', 'birthday', 'origin'])
    .where('shop_id', '=', bot.shopId)
    .orderBy('id')
    .execute()
}

async function setContact(externalId: string, set: object) {
  await db
    .updateTable('contacts')
    .set(set)
    .where('shop_id', '=', bot.shopId)
    .where('external_id', '=', externalId)
    .execute()
}

test('[WEB-29, BEY-16] an imported contact is in the book, without a chat and without consent', async () => {
  const { counts } = await run(['id,name,mobile,birthday', 'a,Anna,+393471234567,12/05/1984', 'b,Bruno,,'])
  expect(counts).toEqual({ created: 2, changed: 0, unchanged: 0, refused: 0, repeated: 0 })
  expect(await listContacts()).toEqual([
    {
      external_id: 'a',
      first_name: 'Anna',
      phone: '+393471234567',
      birthday: '1984-05-12',
      origin: 'import',
    },
    { external_id: 'b', first_name: 'Bruno', phone: null, birthday: null, origin: 'import' },
  ])
  const { rows } = await sql`
    select from registrations where shop_id = ${bot.shopId} union all select from consents where shop_id = ${bot.shopId}`.execute(
    db,
  )
  expect(rows).toEqual([])
})

test('[WEB-29] an import touches no chat and no consent of a contact who is known', async () => {
  const { id } = await upsertContact(db, bot.shopId, { externalId: 'a', firstName: 'Anna' })
  const chat = { botId: bot.botId, contactId: id, chatId: 7_001, telegramUserId: 7_001 }
  await bindChat(db, bot.shopId, { ...chat, source: 't', purposes: [], update: { date: 1, id: 1 } })
  const proof = { source: 't', actor: 'contact', evidence: { update_id: 1 } }
  await insertConsents(db, bot.shopId, id, [
    { purpose: 'order_updates', action: 'granted', ...proof },
    { purpose: 'marketing', action: 'withdrawn', ...proof },
  ])
  const read = () =>
    db
      .selectFrom('contacts')
      .innerJoin('registrations', 'registrations.contact_id', 'contacts.id')
      .select(['granted_purposes', 'withdrawn_purposes', 'status', 'status_changed_at'])
      .where('contacts.id', '=', id)
      .execute()
  const before = await read()
  const { counts } = await run(['id,name,marketing', 'a,Annina,yes'])
  expect(counts.changed).toBe(1)
  expect(await read()).toEqual(before)
})

test('only what differs is changed, and a blank takes nothing away', async () => {
  await run(['id,name,phone', 'a,Anna,+393471234567', 'b,Bruno,', 'c,Carla,'])
  const touchedAt = async () =>
    (
      await sql<{ xmin: string }>`
        select xmin::text from contacts where shop_id = ${bot.shopId} order by id`.execute(db)
    ).rows.map(({ xmin }) => xmin)
  const before = await touchedAt()
  const { counts } = await run(['id,name,phone', 'a,,', 'b,Bruno,+393471234568', 'c,Carla,', 'd,Dario,'])
  expect(counts).toEqual({ created: 1, changed: 1, unchanged: 2, refused: 0, repeated: 0 })
  const after = await touchedAt()
  expect([after[0], after[2]]).toEqual([before[0], before[2]])
  expect(after[1]).not.toBe(before[1])
  expect((await listContacts()).map((contact) => contact.phone)).toEqual([
    '+393471234567',
    '+393471234568',
    null,
    null,
  ])
})

test('of a contact that comes twice the later line counts, and the earlier one is told', async () => {
  const { counts, issues } = await run(['id,name', 'a,Anna', 'b,Bruno', 'a,Annina'])
  expect(counts).toEqual({ created: 2, changed: 0, unchanged: 0, refused: 0, repeated: 1 })
  expect(issues).toEqual(['2 repeated'])
  expect((await listContacts()).map((contact) => contact.first_name)).toEqual(['Bruno', 'Annina'])
})

test('a dry run tells the same and keeps nothing', async () => {
  const file = ['id,name,phone', 'a,Anna,', 'b,Bruno,12', 'a,Annina,']
  const trial = await run(file, true)
  expect(await listContacts()).toEqual([])
  expect(trial).toEqual(await run(file))
  expect(trial.counts).toEqual({ created: 1, changed: 0, unchanged: 0, refused: 1, repeated: 1 })
})

test('whoever was erased, or has become another contact, is not brought back', async () => {
  await run(['id,name', 'erased-x,Anna', 'b,Bruno', 'c,Carla'])
  await setContact('erased-x', { erased_at: new Date(), first_name: null })
  const book = await db
    .selectFrom('contacts')
    .select(['id', 'external_id'])
    .where('shop_id', '=', bot.shopId)
    .execute()
  const idOf = (name: string) => book.find(({ external_id }) => external_id === name)?.id ?? ''
  await db.transaction().execute((trx) =>
    mergeContacts(trx, bot.shopId, {
      fromContactId: idOf('b'),
      intoContactId: idOf('c'),
      matchedBy: 'operator',
      actor: 'test',
      evidence: {},
    }),
  )
  const { counts, issues } = await run(['id,name', 'erased-x,Anna', 'b,Bruno', 'c,Carla'])
  expect(counts).toEqual({ created: 0, changed: 0, unchanged: 1, refused: 2, repeated: 0 })
  expect(issues).toEqual(['2 contact_erased', '3 contact_merged'])
  expect((await listContacts()).map((contact) => contact.first_name)).toEqual([null, null, 'Carla'])
})

test('who was taken out of the book is back in it', async () => {
  await run(['id,name', 'a,Anna'])
  await setContact('a', { removed_at: new Date() })
  expect((await run(['id,name', 'a,Anna'])).counts.changed).toBe(1)
  const contact = await db
    .selectFrom('contacts')
    .select('removed_at')
    .where('shop_id', '=', bot.shopId)
    .executeTakeFirst()
  expect(contact?.removed_at).toBeNull()
})

test('what the person proved of a number holds for that number alone', async () => {
  await run(['id,phone,email', 'a,+393471234567,a@example.it'])
  await setContact('a', { phone_verified_at: new Date(), email_verified_at: new Date() })
  await run(['id,phone,email', 'a,+393471234568,A@example.it'])
  const contact = await db
    .selectFrom('contacts')
    .select(['phone_verified_at as phone', 'email_verified_at as email'])
    .where('shop_id', '=', bot.shopId)
    .executeTakeFirst()
  expect(contact?.phone).toBeNull()
  expect(contact?.email).not.toBeNull()
})

test('two shops with the same file have their own contacts', async () => {
  await run(['id,name', 'a,Anna'])
  bot = await createBot(db)
  expect((await run(['id,name', 'a,Anna'])).counts.created).toBe(1)
})
