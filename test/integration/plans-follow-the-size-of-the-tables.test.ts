import type { Database } from '@postino/database'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { preparedPool } from '@postino/database'
import { atEnd } from '../support/at-end.ts'
import { openTestDatabase } from './database-under-test.ts'

// Postgres keeps a plan of a prepared statement after its fifth run.
const RUNS = 7

const { url, db: plain } = await openTestDatabase()

function openPrepared(options?: { plansLastMs: number }): Database {
  const pool = new Pool({ connectionString: url, max: 1 })
  const db: Database = new Kysely({ dialect: new PostgresDialect({ pool: preparedPool(pool, options) }) })
  atEnd(() => db.destroy())
  return db
}

async function findDetail(db: Database, id: number): Promise<void> {
  await sql`select detail from messages where id = ${id} and ended_at is null`.execute(db)
}

async function explainPrepared(db: Database): Promise<string> {
  const { rows } = await sql<{
    'QUERY PLAN': string
  }>`${sql.raw('explain (costs off) execute s0(1)')}`.execute(db)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

async function insertMessages(db: Database, count: number): Promise<void> {
  await sql`
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane)
    select 1, i, 'recipient ' || ${count}::int, 'customer', 'k', 's', 'p', 0 from generate_series(1, ${count}::int) i`.execute(
    db,
  )
}

test('a plan made on a nearly empty table is given up when its time is over', async () => {
  const [kept, refreshed] = [openPrepared({ plansLastMs: 3_600_000 }), openPrepared({ plansLastMs: 0 })]
  await insertMessages(plain, 3)
  await sql`analyze messages`.execute(plain)
  for (let run = 0; run < RUNS; run++) {
    await Promise.all([findDetail(kept, run), findDetail(refreshed, run)])
  }
  await insertMessages(plain, 5_000)
  expect(await explainPrepared(refreshed)).toContain('Index Scan using messages_open_pkey')
  // Otherwise the test proves nothing.
  expect(await explainPrepared(kept)).toContain('Seq Scan on messages_open')
})

test('statements are prepared once per connection, and those without parameters not at all', async () => {
  const prepared = openPrepared()
  for (let run = 0; run < RUNS; run++) {
    await findDetail(prepared, run)
    await sql`select 1`.execute(prepared)
  }
  const { rows } = await sql<{ statement: string; runs: number }>`
    select statement, (generic_plans + custom_plans)::int as runs from pg_prepared_statements`.execute(
    prepared,
  )
  expect(rows).toEqual([
    { statement: 'select detail from messages where id = $1 and ended_at is null', runs: RUNS },
  ])
})

test('a statement that failed can be asked again on the same connection', async () => {
  const prepared = openPrepared({ plansLastMs: 0 })
  const divide = (by: number) => sql`select 1 / ${by}::int as quotient`.execute(prepared)
  await expect(divide(0)).rejects.toThrow('division by zero')
  expect((await divide(1)).rows).toEqual([{ quotient: 1 }])
})
