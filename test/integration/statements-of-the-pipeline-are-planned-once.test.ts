import { createDatabase } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'

const RUNS = 4

test.each([
  { hasFixedPlans: true, plans: { generic: RUNS, custom: 0 } },
  { hasFixedPlans: false, plans: { generic: 0, custom: RUNS } },
])('with fixed plans a statement has one plan from its first run on: $hasFixedPlans', async (example) => {
  const { hasFixedPlans, plans } = example
  const url = await createTestDatabase()
  const db = createDatabase({ url, poolMax: 1, hasFixedPlans, applicationName: 'test' })
  for (let run = 0; run < RUNS; run++)
    await sql`select id from messages where id = ${run} and ended_at is null`.execute(db)
  const { rows } = await sql`
    select generic_plans::int as generic, custom_plans::int as custom from pg_prepared_statements`.execute(db)
  expect(rows).toEqual([plans])
  await db.close()
})
