import { sql } from 'kysely'
import type { Database } from '../../../create-database.ts'
import type { MovedMessage } from './move-rendered.ts'
import type { EndOutcome } from './render-outcome.ts'
import { isStillToRender } from './still-to-render.ts'

/** Ends what will not be sent, and takes nobody's place. */
export async function endRendered(
  db: Database,
  outcomes: (EndOutcome & { id: string; revision?: number })[],
): Promise<MovedMessage[]> {
  if (outcomes.length === 0) return []
  const { rows } = await sql<MovedMessage>`
    update messages message set
      status = outcome.status, reason = outcome.reason, detail = outcome.detail, ended_at = clock_timestamp(),
      due_at = null, quiet_from = null
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as outcome (
      id bigint, status text, reason text, detail text, revision smallint)
    where message.id = outcome.id and message.ended_at is null and ${isStillToRender()}
      and message.revision = coalesce(outcome.revision, 0)
    returning message.shop_id as "shopId", message.id, message.recipient, message.lane, message.status, message.reason,
      message.bot_id as "botId"`.execute(db)
  return rows
}
