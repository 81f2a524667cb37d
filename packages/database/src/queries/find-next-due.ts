import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

// What is due and was not claimed waits for something else as well, such as an earlier message that is not rendered yet:
// asking for the next turn at once would make turns go round in vain.
const SOONEST_MS = 50

/**
 * Milliseconds until the bot's next message that waits for its time, at least 50; undefined when none does. A bot that
 * has to be silent waits as a whole, until then or longer.
 */
export async function findNextDueMs(db: Database, botId: string): Promise<number | undefined> {
  const { rows } = await sql<{ dueInMs: number | null }>`
    select (extract(epoch from greatest(
      (select min(due_at) from messages
        where bot_id = ${botId} and status in ('queued', 'unknown') and due_at is not null),
      (select cooling_until from bots where id = ${botId} and cooling_until > now())
    ) - now()) * 1000)::float8 as "dueInMs"`.execute(db)
  const dueInMs = rows[0]?.dueInMs
  return dueInMs === null || dueInMs === undefined ? undefined : Math.max(SOONEST_MS, Math.ceil(dueInMs))
}
