import assert from 'node:assert/strict'
import { addGroupMembers, createGroup, estimateReach, listOptinLinks, type Database } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createBot, openTestDatabase } from './database-under-test.ts'

const PEOPLE = 3_000

const { db } = await openTestDatabase()
const { shopId, botId } = await createBot(db)
const group = await createGroup(db, shopId, { keyword: 'vip', name: 'VIP' })
assert(group !== undefined)
const groupId = group.id
// Until Postgres has looked through a table, it takes it for nearly empty, however much was imported.
for (const table of ['contacts', 'registrations', 'group_members', 'optin_links']) {
  await sql`alter table ${sql.table(table)} set (autovacuum_enabled = off)`.execute(db)
}
await sql`insert into contacts (shop_id, external_id)
  select ${shopId}, 'customer-' || n from generate_series(1, ${PEOPLE}) n`.execute(db)
await sql`insert into registrations (shop_id, bot_id, contact_id, chat_id, telegram_user_id, status, source)
  select ${shopId}, ${botId}, id, id, id, 'active', 'import' from contacts`.execute(db)
await sql`insert into group_members (shop_id, group_id, contact_id, source)
  select ${shopId}, ${groupId}, id, 'import' from contacts where id % 2 = 0`.execute(db)
await sql`insert into optin_links (shop_id, token_hash, bot_id, contact_id, purposes, source, expires_at)
  select ${shopId}, int8send(id), ${botId}, id, '{messages}', 'api', now() + interval '1 day' from contacts`.execute(
  db,
)

/** How many rows Postgres has read for it, over all tables and indexes. */
async function rowsReadBy(work: (trx: Database) => Promise<unknown>): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    // What the connection did before may not have been put down elsewhere yet.
    const before = await countRowsRead(trx)
    await work(trx)
    return (await countRowsRead(trx)) - before
  })
}

async function countRowsRead(trx: Database): Promise<number> {
  const { rows } = await sql<{ read: number }>`
    select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::float8 as read
    from pg_stat_xact_user_tables`.execute(trx)
  return rows[0]?.read ?? 0
}

test('whoever asks for the reach of everybody reads each row some times, not once for each person', async () => {
  const question = { purpose: 'marketing' as const }
  expect(await rowsReadBy((trx) => estimateReach(trx, shopId, question))).toBeLessThan(10 * PEOPLE)
  const ofGroup = { ...question, groupId }
  expect(await rowsReadBy((trx) => estimateReach(trx, shopId, ofGroup))).toBeLessThan(10 * PEOPLE)
})

test('a thousand members are found by themselves', async () => {
  const externalIds = Array.from({ length: 1_000 }, (_, index) => `customer-${index + 1}`)
  const addition = { groupId, externalIds, source: 'api' }
  expect(await rowsReadBy((trx) => addGroupMembers(trx, shopId, addition))).toBeLessThan(10 * PEOPLE)
})

test('a page of links names those on it', async () => {
  expect(await rowsReadBy((trx) => listOptinLinks(trx, shopId, { limit: 201 }))).toBeLessThan(10 * PEOPLE)
})
