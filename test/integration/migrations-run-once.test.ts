import { createDatabase, migrateToLatest, requireMigrated } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createEmptyDatabase } from '../support/create-empty-database.ts'
import { dumpSchema } from '../support/dump-schema.ts'
import { startNode } from '../support/start-node.ts'
import { openDatabase, openTestDatabase } from './database-under-test.ts'

async function countMigrations(url: string): Promise<number> {
  const { rows } = await sql<{ ran: number }>`select count(*)::int as ran from kysely_migration`.execute(
    openDatabase(url, 1),
  )
  return rows[0]!.ran
}

test('run again, they do nothing', async () => {
  const url = await createEmptyDatabase()
  const db = openDatabase(url)
  const ran = await migrateToLatest(db)
  expect(ran.length).toBeGreaterThan(0)
  expect(ran).toEqual(ran.toSorted())
  expect(await migrateToLatest(db)).toEqual([])
  expect(await countMigrations(url)).toBe(ran.length)
})

test('over many connections at once, each runs once, and all end with the same schema', async () => {
  const url = await createEmptyDatabase()
  const ran = await Promise.all(Array.from({ length: 8 }, () => migrateToLatest(openDatabase(url, 2))))
  const all = ran.flat()
  expect(new Set(all).size).toBe(all.length)
  expect(await countMigrations(url)).toBe(all.length)
  const migratedAlone = await openTestDatabase()
  expect(await dumpSchema(openDatabase(url, 1))).toBe(await dumpSchema(migratedAlone.db))
})

test('several processes at once: each succeeds, and each migration runs once', async () => {
  const url = await createEmptyDatabase()
  const program = new URL('migrate-process.ts', import.meta.url)
  const processes = Array.from({ length: 3 }, () => startNode(program, { env: { DATABASE_URL: url } }))
  const endings = await Promise.all(processes.map((process) => process.ended))
  expect(endings.map(({ code }) => code)).toEqual([0, 0, 0])
  const ran = processes.flatMap((process) => process.lines().flatMap((line) => line['ran']))
  expect(new Set(ran).size).toBe(ran.length)
  expect(await countMigrations(url)).toBe(ran.length)
})

test('until they have run, a process is told which one is missing', async () => {
  const url = await createEmptyDatabase()
  const db = openDatabase(url)
  await expect(requireMigrated(db)).rejects.toThrow(
    /^migration \d{8}T\d{6}-\S+ has not run: postino migrate$/,
  )
  await migrateToLatest(db)
  await requireMigrated(db)
})

test('a migration that fails leaves nothing behind and says which one it was', async () => {
  const url = await createEmptyDatabase()
  const db = createDatabase({ url, poolMax: 1, applicationName: 'test' })
  atEnd(() => db.close())
  // In the way of the last statements of the first migration.
  await sql`create table attempts (id int)`.execute(db)
  await expect(migrateToLatest(db)).rejects.toThrow(/^migration \d{8}T\d{6}-\S+ failed$/)
  const { rows } =
    await sql`select from pg_tables where schemaname = 'public' and tablename = 'shops'`.execute(db)
  expect(rows).toHaveLength(0)
  await sql`drop table attempts`.execute(db)
  expect((await migrateToLatest(db)).length).toBeGreaterThan(0)
})
