import { createHash } from 'node:crypto'
import { findRegistrationByChat, insertConsents, type ConsentEntry } from '@postino/database'
import { PURPOSES } from '@postino/domain'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  createBot,
  createContact,
  openDatabase,
  openTestDatabase,
  type TestBot,
  type TestContact,
  waitForBlocked,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()

const ENTRY: ConsentEntry = {
  purpose: 'order_updates',
  action: 'granted',
  wording: { id: 'order_updates', version: 2, hash: 'abc' },
  locale: 'uk',
  source: 'bot_dialog',
  actor: 'contact',
  evidence: { update_id: 5, callback_query_id: 'x' },
}

async function setUp(): Promise<{ bot: TestBot; contact: TestContact }> {
  const bot = await createBot(db)
  return { bot, contact: await createContact(db, bot) }
}

async function listRows(contactId: string) {
  return await db
    .selectFrom('consents')
    .selectAll()
    .where('contact_id', '=', contactId)
    .orderBy('id')
    .execute()
}

async function findPurposes({ contactId }: TestContact) {
  return await db
    .selectFrom('contacts')
    .select(['granted_purposes as granted', 'withdrawn_purposes as withdrawn'])
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
}

test.each([
  ['an update', 'update consents set purpose = purpose'],
  ['a delete', 'delete from consents'],
  ['a truncation', 'truncate consents cascade'],
  ['a truncation of what it points to', 'truncate shops cascade'],
])('%s is refused to everybody, the superuser who switches triggers off included', async (_, statement) => {
  const { bot, contact } = await setUp()
  await insertConsents(db, bot.shopId, contact.contactId, [ENTRY])
  const before = await listRows(contact.contactId)
  expect(before).toHaveLength(1)
  await expect(sql.raw(statement).execute(db)).rejects.toThrow('only grows')
  await expect(
    db.transaction().execute(async (transaction) => {
      await sql`set local session_replication_role = replica`.execute(transaction)
      await sql.raw(statement).execute(transaction)
    }),
  ).rejects.toThrow('only grows')
  expect(await listRows(contact.contactId)).toEqual(before)
})

test('the owner of the table, who is no superuser, is refused as well', async () => {
  const { bot, contact } = await setUp()
  await insertConsents(db, bot.shopId, contact.contactId, [ENTRY])
  for (const statement of [
    'update consents set actor = actor',
    'delete from consents',
    'truncate consents cascade',
  ]) {
    const attempt = db.transaction().execute(async (transaction) => {
      await sql`create role ledger_owner`.execute(transaction)
      await sql`grant all on schema public to ledger_owner`.execute(transaction)
      await sql`alter table consents owner to ledger_owner`.execute(transaction)
      await sql`alter table consent_details owner to ledger_owner`.execute(transaction)
      await sql`set local role ledger_owner`.execute(transaction)
      await sql.raw(statement).execute(transaction)
    })
    await expect(attempt).rejects.toThrow('only grows')
  }
})

test('what a contact agrees to cannot be written past the ledger', async () => {
  const { bot, contact } = await setUp()
  const forged = sql`'{marketing}'`
  await expect(
    sql`update contacts set granted_purposes = ${forged} where id = ${contact.contactId}`.execute(db),
  ).rejects.toThrow('by the ledger alone')
  await expect(
    sql`update contacts set withdrawn_purposes = ${forged} where id = ${contact.contactId}`.execute(db),
  ).rejects.toThrow('by the ledger alone')
  await expect(
    sql`insert into contacts (shop_id, external_id, granted_purposes) values (${bot.shopId}, 'forged', ${forged})`.execute(
      db,
    ),
  ).rejects.toThrow('by the ledger alone')
  expect(await findPurposes(contact)).toEqual({ granted: [], withdrawn: [] })
})

test('neither the hash nor the link can be chosen by whoever writes', async () => {
  const { bot, contact } = await setUp()
  await sql`
    insert into consents (shop_id, contact_id, purpose, action, source, actor, evidence, hash, previous_hash)
    values (${bot.shopId}, ${contact.contactId}, 'messages', 'granted', 's', 'a', '{}', 'forged', 'forged')`.execute(
    db,
  )
  await checkChain(contact)
})

test('a contact of another shop cannot be written for', async () => {
  const { contact } = await setUp()
  const elsewhere = await createBot(db)
  await expect(insertConsents(db, elsewhere.shopId, contact.contactId, [ENTRY])).rejects.toThrow(
    'foreign key',
  )
})

test('random acts: the chain is whole, and the contact’s purposes are what the rows say', async () => {
  const entry = fc.record({
    purpose: fc.constantFrom(...PURPOSES.slice(0, 3)),
    action: fc.constantFrom('granted' as const, 'withdrawn' as const),
    wording: fc.option(fc.record({ id: fc.string(), version: fc.nat(9), hash: fc.string() }), {
      nil: undefined,
    }),
    locale: fc.option(fc.constantFrom('it', 'uk'), { nil: undefined }),
    source: fc.constantFrom('bot_dialog', 'import "quoted"\n'),
    actor: fc.constantFrom('contact', 'оператор'),
    evidence: fc.dictionary(storable(), fc.oneof(storable(), fc.integer()), { maxKeys: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(entry, { maxLength: 4 }), { maxLength: 6 }), async (batches) => {
      const { bot, contact } = await setUp()
      for (const batch of batches) await insertConsents(db, bot.shopId, contact.contactId, batch)
      const rows = await listRows(contact.contactId)
      const entries = batches.flat()
      expect(rows.map(({ purpose, action }) => [purpose, action])).toEqual(
        entries.map(({ purpose, action }) => [purpose, action]),
      )
      await checkChain(contact)
      await checkPurposes(bot, contact)
    }),
    { numRuns: 30 },
  )
})

/** What Postgres can keep: no NUL, no half of a surrogate pair. */
function storable(): fc.Arbitrary<string> {
  return fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'))
}

test('acts of one contact at the same time form one chain, over all connections', async () => {
  const { bot, contact } = await setUp()
  const pools = [openDatabase(url, 6), openDatabase(url, 6)]
  await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      insertConsents(pools[index % 2]!, bot.shopId, contact.contactId, [
        { ...ENTRY, action: index % 3 === 0 ? 'withdrawn' : 'granted' },
        { ...ENTRY, purpose: 'marketing', action: index % 2 === 0 ? 'withdrawn' : 'granted' },
      ]),
    ),
  )
  expect(await listRows(contact.contactId)).toHaveLength(48)
  await checkChain(contact)
  await checkPurposes(bot, contact)
})

test('who drew a number first and wrote later does not fork the chain', async () => {
  const { bot, contact } = await setUp()
  const slow = openDatabase(url, 1)
  const held = await db.transaction().execute(async (transaction) => {
    await insertConsents(transaction, bot.shopId, contact.contactId, [ENTRY])
    const waiting = insertConsents(slow, bot.shopId, contact.contactId, [{ ...ENTRY, purpose: 'messages' }])
    await waitForBlocked(db)
    await insertConsents(transaction, bot.shopId, contact.contactId, [{ ...ENTRY, purpose: 'marketing' }])
    return { waiting }
  })
  await held.waiting
  await insertConsents(db, bot.shopId, contact.contactId, [{ ...ENTRY, purpose: 'documents' }])
  await checkChain(contact)
})

/** Derives every hash once in SQL and once here, each link from the row before it. */
async function checkChain({ contactId }: TestContact): Promise<void> {
  const { rows } = await sql<{ ok: boolean; hashed: string; previous: Buffer | null; hash: Buffer }>`
    select previous_hash is not distinct from lag(hash) over (order by id)
        and hash = sha256(coalesce(previous_hash, ''::bytea) || convert_to(hashed, 'UTF8')) as ok,
      hashed, previous_hash as previous, hash
    from consents, lateral (select jsonb_build_array(shop_id, contact_id, purpose, action, wording_id, wording_version,
      wording_hash, locale, source, actor, evidence,
      to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text as hashed) as input
    where contact_id = ${contactId} order by id`.execute(db)
  let previous: Buffer = Buffer.alloc(0)
  for (const row of rows) {
    expect(row.ok).toBe(true)
    expect(row.previous ?? Buffer.alloc(0)).toEqual(previous)
    expect(createHash('sha256').update(previous).update(row.hashed).digest()).toEqual(row.hash)
    previous = row.hash
  }
  const stored = await listRows(contactId)
  expect(rows.map((row) => JSON.parse(row.hashed).slice(1, 11))).toEqual(
    stored.map((row) => [
      Number(row.contact_id),
      row.purpose,
      row.action,
      row.wording_id,
      row.wording_version,
      row.wording_hash,
      row.locale,
      row.source,
      row.actor,
      row.evidence,
    ]),
  )
}

/** The last act of each purpose decides. */
async function checkPurposes(bot: TestBot, contact: TestContact): Promise<void> {
  const last = new Map((await listRows(contact.contactId)).map(({ purpose, action }) => [purpose, action]))
  const { granted, withdrawn } = await findPurposes(contact)
  const purposesOf = (action: string) =>
    [...last].filter(([, each]) => each === action).map(([purpose]) => purpose)
  expect(granted.toSorted()).toEqual(purposesOf('granted').toSorted())
  expect(withdrawn.toSorted()).toEqual(purposesOf('withdrawn').toSorted())
  const found = await findRegistrationByChat(db, bot.shopId, {
    botId: bot.botId,
    chatId: Number(contact.chatId),
  })
  expect(found).toMatchObject({ grantedPurposes: granted, withdrawnPurposes: withdrawn })
}
