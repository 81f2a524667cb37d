import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'

const PAGE = 10_000
const HEAD = /^(\d{1,18})-([0-9a-f]{64})$/

/**
 * A word for a shop's whole ledger as it is now: `<number of its last row>-<SHA-256 of all hashes up to it>`. Kept elsewhere,
 * it shows later whether a row was taken away since, the last one included.
 */
export async function headOfLedger(db: Database, shopId: string): Promise<string> {
  const lastId = await findLastId(db, shopId)
  return `${lastId}-${await digestUpTo(db, shopId, lastId)}`
}

/** Whether the rows a head was made of are all there and the same; undefined when it is no head. */
export async function matchesHead(db: Database, shopId: string, head: string): Promise<boolean | undefined> {
  const [, lastId, digest] = HEAD.exec(head) ?? []
  if (lastId === undefined) return undefined
  return (await digestUpTo(db, shopId, lastId)) === digest
}

async function findLastId(db: Database, shopId: string): Promise<string> {
  return await inTransaction(db, async (trx) => {
    // Whoever has drawn a smaller number and not committed yet would be missing: waited for, and nobody else begins until
    // the number is known.
    await sql`set local lock_timeout = '10s'`.execute(trx)
    await sql`lock table consents in share mode`.execute(trx)
    const { rows } = await sql<{ id: string | null }>`
      select max(id) as id from consents where shop_id = ${shopId}`.execute(trx)
    return rows[0]?.id ?? '0'
  })
}

async function digestUpTo(db: Database, shopId: string, lastId: string): Promise<string> {
  const digest = createHash('sha256')
  let afterId = '0'
  for (;;) {
    const { rows } = await sql<{ id: string; hash: Buffer }>`
      select id, hash from consents where shop_id = ${shopId} and id > ${afterId} and id <= ${lastId}
      order by id limit ${PAGE}`.execute(db)
    for (const { id, hash } of rows) digest.update(`${id}:`).update(hash)
    const last = rows.at(-1)
    if (last === undefined) return digest.digest('hex')
    afterId = last.id
  }
}
