import { claimMessages, createDatabase } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { beginTurn, openTestDatabase, RESEND_AFTER_MS } from './database-under-test.ts'
import { fillMessages } from './large-tables.ts'
import { listNodes, type PlanNode } from './statement-plans.ts'

const WAITING = 500

/** The largest number of rows that one step of the claim's kept plan read, with so many messages that wait to be rendered. */
async function mostRowsRead(fill: { before: number; after: number }): Promise<number> {
  const { url, db } = await openTestDatabase()
  const one = createDatabase({ url, poolMax: 1, hasFixedPlans: true, applicationName: 'test' })
  atEnd(() => one.close())
  const bot = await fillMessages(db, WAITING, { queued: 100, accepted: fill.before })
  const { epoch } = (await beginTurn(db, bot, RESEND_AFTER_MS))!
  const request = { ...bot, epoch, take: 8, busyChats: [] }
  // The plan is made now, when nothing is known of the tables.
  expect(await claimMessages(one, [request])).toHaveLength(8)
  await fillMessages(db, WAITING, { accepted: fill.after })
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>`
    ${sql.raw(`explain (analyze, format json) execute s0('${JSON.stringify([request])}')`)}`.execute(one)
  const nodes = listNodes(rows[0]!['QUERY PLAN'][0].Plan)
  expect(nodes.length).toBeGreaterThan(10)
  return Math.max(...nodes.map((node) => (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)))
}

test.each([
  { before: 0, after: 2_000 },
  { before: 50, after: 2_000 },
  { before: 1_000, after: 20_000 },
])('with $before messages to be rendered when it was planned, and $after more later', async (fill) => {
  expect(await mostRowsRead(fill)).toBeLessThan(WAITING)
})
