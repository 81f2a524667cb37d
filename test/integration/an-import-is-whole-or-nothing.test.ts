import { Readable } from 'node:stream'
import { classifyDatabaseFailure, importContacts, upsertContact, type Database } from '@postino/database'
import { ImportRefused, readContacts } from '@postino/imports'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBot, openDatabase, openTestDatabase } from './database-under-test.ts'

const { url, db } = await openTestDatabase()
const { shopId } = await createBot(db)

async function countContacts(): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from contacts where shop_id = ${shopId}`.execute(db)
  return rows[0]?.count ?? 0
}

async function importFile(from: Database, chunks: AsyncIterable<string>) {
  return await importContacts(from, shopId, { batches: readContacts(chunks), onIssues: () => undefined })
}

const HEADER = 'id,name\n'
const LINES = Array.from({ length: 3_000 }, (_, index) => `c-${index},Giulia\n`).join('')

test('a process killed in the middle of a file leaves nothing of it, and the file can be imported again', async () => {
  const run = startNode(new URL('contact-import-process.ts', import.meta.url), {
    args: [url, shopId, '10000', 'stall'],
  })
  await run.waitForField('stalled')
  run.kill('SIGKILL')
  await run.ended
  expect(await countContacts()).toBe(0)
  await waitUntil(async () => {
    const { rows } =
      await sql`select from pg_stat_activity where application_name = 'contact-import'`.execute(db)
    return rows.length === 0
  })
  const again = startNode(new URL('contact-import-process.ts', import.meta.url), {
    args: [url, shopId, '1000'],
  })
  await again.ended
  expect(await countContacts()).toBe(950)
  await sql`delete from contacts where shop_id = ${shopId}`.execute(db)
})

test('a connection cut in the middle of a file leaves nothing of it', async () => {
  const own = openDatabase(url, 1)
  async function* cut() {
    yield HEADER + LINES
    yield LINES
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`.execute(db)
    yield LINES
  }
  const failure = await importFile(own, cut()).catch(classifyDatabaseFailure)
  expect(failure).toBe('lost')
  expect(await countContacts()).toBe(0)
})

test('a file that breaks off, or turns out to be none, leaves nothing of it', async () => {
  async function* broken() {
    yield HEADER + LINES
    yield LINES
    throw new Error('the client is gone')
  }
  await expect(importFile(db, broken())).rejects.toThrow('the client is gone')
  await expect(importFile(db, Readable.from(['name\nGiulia\n']))).rejects.toThrow(ImportRefused)
  expect(await countContacts()).toBe(0)
})

test('while a file is read, nobody waits for it', async () => {
  await upsertContact(db, shopId, { externalId: 'c-1', firstName: 'Anna' })
  async function* slow() {
    yield HEADER + LINES
    yield LINES
    // Would wait for the import, which waits for this, were the contact locked.
    await upsertContact(db, shopId, { externalId: 'c-1', firstName: 'Annina' })
    await upsertContact(db, shopId, { externalId: 'c-2', firstName: 'Bruno' })
    yield 'c-3,Carla\n'
  }
  expect(await importFile(db, slow())).toMatchObject({ created: 2_998, changed: 2 })
})

test('two imports of a shop side by side find each other', async () => {
  const counts = await Promise.all([1, 2].map(() => importFile(db, Readable.from([`${HEADER}d,Dario\n`]))))
  expect(counts.map(({ created }) => created).toSorted((a, b) => a - b)).toEqual([0, 1])
})
