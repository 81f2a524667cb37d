import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { findMark, saveMark } from './marks.ts'
import { cutoff } from './older-than.ts'
import type { ClearedBatch, OldBatch } from './retention-kind.ts'

export interface ByTime {
  table: string
  /** When a row's time began; a small index finds rows by it, in whichever partition. */
  since: string
  /** Clears the rows of this time, its end excluded, and answers how many there were. */
  clear: (trx: Database, slice: { from: string; to: string }) => Promise<number>
}

/** Before anything was. */
const BEGINNING = '2000-01-01T00:00:00Z'
const FIRST_SLICE_MS = 60_000
/** So few, and the next slice of time is longer; so many, and it is shorter. Some tens of milliseconds. */
const FEW_ROWS = 500
const MANY_ROWS = 4_000

/**
 * Goes through a table in the order of time, slice by slice, from the mark to what is young enough: each row is looked at
 * once, however many shops and partitions there are.
 */
export async function clearByTime(
  trx: Database,
  batch: OldBatch,
  { table, since, clear }: ByTime,
): Promise<ClearedBatch> {
  const sliceMs = Number(batch.from ?? FIRST_SLICE_MS)
  const { upTo } = await findMark(trx, batch.kind)
  const from = upTo ?? BEGINNING
  const { rows } = await sql<{ to: string; isOver: boolean; isLast: boolean; rows: number }>`
    with slice as materialized (
      select least(${from}::timestamptz + ${sliceMs} * interval '1 millisecond', ${cutoff(batch)}) as until
    )
    select until::text as to, until <= ${from}::timestamptz as "isOver", until = ${cutoff(batch)} as "isLast",
      (select count(*)::int from (select from ${sql.table(table)} row
        where row.${sql.ref(since)} >= ${from}::timestamptz and row.${sql.ref(since)} < (select until from slice)
        limit ${MANY_ROWS + 1}) looked) as rows
    from slice`.execute(trx)
  const [slice] = rows
  if (slice === undefined || slice.isOver) return { rows: 0 }
  if (slice.rows > MANY_ROWS && sliceMs > 1) return { rows: 0, next: shorter(sliceMs) }
  const cleared = await clear(trx, { from, to: slice.to })
  await saveMark(trx, batch.kind, { upTo: slice.to })
  if (slice.isLast) return { rows: cleared }
  return { rows: cleared, next: slice.rows < FEW_ROWS ? String(sliceMs * 4) : String(sliceMs) }
}

function shorter(sliceMs: number): string {
  return String(Math.max(1, Math.floor(sliceMs / 4)))
}
