import type { Database } from './create-database.ts'
import { retryConflicts } from './retry-conflicts.ts'

/**
 * Runs work in a transaction of its own, or in the caller's if there is one. Read committed. One that lost against another
 * transaction is rolled back and begun anew, a few times: the work must be repeatable, so what it does outside of the
 * database waits until this has returned.
 *
 * A row of `messages` that ends moves to another partition, and whoever waited for it gets SQLSTATE 40001 instead of the
 * row: so every transaction that changes messages goes through here.
 */
export async function inTransaction<T>(db: Database, work: (trx: Database) => Promise<T>): Promise<T> {
  if (db.isTransaction) return await work(db)
  return await retryConflicts(() => db.transaction().execute(work))
}
