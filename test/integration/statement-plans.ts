import type { Database } from '@postino/database'
import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { atEnd } from '../support/at-end.ts'

export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Loops'?: number
  'Actual Rows'?: number
  'Rows Removed by Filter'?: number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: PlanNode[]
}

export interface StatementPlan {
  text: string
  root: PlanNode
}

type Explain = (work: (db: Database) => Promise<unknown>) => Promise<StatementPlan[]>

/** Runs work and undoes it, and returns how Postgres runs each of its statements, with what it read. */
export function createExplain(url: string): Explain {
  const statements: { sql: string; parameters: readonly unknown[] }[] = []
  const pool = new Pool({ connectionString: url, max: 2 })
  const db: Database = new Kysely({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void statements.push({ sql: query.sql, parameters: query.parameters }),
  })
  atEnd(() => db.destroy())

  return async function explain(work) {
    statements.length = 0
    const undo = new Error('undo')
    const done = db.transaction().execute(async (transaction) => {
      await work(transaction)
      throw undo
    })
    await done.catch((error: unknown) => {
      if (error !== undo) throw error
    })
    const plans: StatementPlan[] = []
    for (const statement of statements.splice(0)) {
      if (/^(begin|commit|rollback)/.test(statement.sql)) continue
      plans.push({ text: statement.sql, root: await explainOne(pool, statement) })
    }
    return plans
  }
}

async function explainOne(
  pool: Pool,
  statement: { sql: string; parameters: readonly unknown[] },
): Promise<PlanNode> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query(`explain (analyze, buffers, format json) ${statement.sql}`, [
      ...statement.parameters,
    ])
    return rows[0]['QUERY PLAN'][0].Plan
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** The node and everything below it. */
export function listNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(listNodes)]
}

/** Of a partition that is empty there is nothing to read, however it is done. */
export function rowsRead(node: PlanNode): number {
  return ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1)
}

/** Pages that were looked at; the root's figure is that of all below it. */
export function countBuffers(plan: StatementPlan): number {
  return (plan.root['Shared Hit Blocks'] ?? 0) + (plan.root['Shared Read Blocks'] ?? 0)
}
