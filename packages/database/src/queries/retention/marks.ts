import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { RetentionKind } from './retention-kind.ts'

/** Up to where everything of a kind is done, of all shops: a time as Postgres writes it, or a number of a row. */
export interface Mark {
  upTo: string | null
  upToId: string
}

export async function findMark(trx: Database, kind: RetentionKind): Promise<Mark> {
  const { rows } = await sql<Mark>`
    select up_to::text as "upTo", coalesce(up_to_id, 0) as "upToId" from retention_marks where kind = ${kind}`.execute(
    trx,
  )
  return rows[0] ?? { upTo: null, upToId: '0' }
}

/** A mark never goes back. */
export async function saveMark(
  trx: Database,
  kind: RetentionKind,
  { upTo, upToId }: { upTo?: string; upToId?: string },
): Promise<void> {
  await sql`
    insert into retention_marks as mark (kind, up_to, up_to_id) values (${kind}, ${upTo ?? null}, ${upToId ?? null})
    on conflict (kind) do update set up_to = greatest(mark.up_to, excluded.up_to),
      up_to_id = greatest(mark.up_to_id, excluded.up_to_id)`.execute(trx)
}
