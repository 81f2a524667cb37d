import assert from 'node:assert/strict'
import { clearOldBatch, type Database, type RetentionKind } from '@postino/database'

/** Clears all that is older, of all shops, step by step as the scheduler does it; answers how many rows. */
export async function clearAll(db: Database, kind: RetentionKind, olderThanDays: number): Promise<number> {
  let rows = 0
  let from: string | undefined
  for (;;) {
    const batch = await clearOldBatch(db, { kind, olderThanDays, from })
    assert(batch !== undefined, 'nobody else clears')
    rows += batch.rows
    if (batch.next === undefined) return rows
    from = batch.next
  }
}
