import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

// What is due and was not claimed waits for something else as well, such as an earlier message that is not rendered yet:
// asking for the next turn at once would make turns go round in vain.
const SOONEST_MS = 50

/**
 * Milliseconds until each bot's next message that waits for its time, at least 50; undefined when none does. A bot that
 * has to be silent waits as a whole, until then or longer.
 */
export async function findNextDueMs(db: Database, botIds: string[]): Promise<(number | undefined)[]> {
  const { rows } = await sql<{ botId: string; dueInMs: number | null }>`
    select wanted.id as "botId", (extract(epoch from greatest(
      (select min(due_at) from messages
        where bot_id = wanted.id and status in ('queued', 'unknown') and ended_at is null and due_at is not null),
      (select cooling_until from bots where id = wanted.id and cooling_until > now())
    ) - now()) * 1000)::float8 as "dueInMs" from unnest(${botIds}::bigint[]) wanted (id)`.execute(db)
  const dueInMs = new Map(rows.map((row) => [row.botId, row.dueInMs]))
  return botIds.map((botId) => {
    const ms = dueInMs.get(botId)
    return ms === null || ms === undefined ? undefined : Math.max(SOONEST_MS, Math.ceil(ms))
  })
}
