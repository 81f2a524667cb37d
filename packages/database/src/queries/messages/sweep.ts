import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** True of all: the condition of the index by time, which nobody else is to take. */
const HAS_INDEX_BY_TIME = sql`lane >= 0`

/**
 * Ids of messages that have waited to be rendered for so long that a job of theirs must have been lost; oldest first, at most
 * `limit`. Who is deferred does not wait yet.
 */
export async function listForgottenMessages(
  db: Database,
  options: { olderThanMs: number; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from messages
    where ended_at is null and status = 'accepted' and due_at is null and ${HAS_INDEX_BY_TIME}
      and coalesce(released_at, accepted_at) < now() - ${options.olderThanMs} * interval '1 millisecond'
    order by coalesce(released_at, accepted_at) limit ${options.limit}`.execute(db)
  return rows.map((row) => row.id)
}

/**
 * Bots that could send and have had no turn for `idleMs`: a message is due, its one resend is due, or a call was begun
 * that nobody recorded.
 */
export async function listForgottenBots(
  db: Database,
  options: { idleMs: number; limit: number },
): Promise<{ shopId: string; botId: string }[]> {
  const { rows } = await sql<{ shopId: string; botId: string }>`
    with moment as (select now() - ${options.idleMs} * interval '1 millisecond' as before)
    select bot.shop_id as "shopId", bot.id as "botId"
    from bots bot cross join moment
    where bot.status = 'active' and (bot.cooling_until is null or bot.cooling_until <= moment.before)
      and (bot.turn_started_at is null or bot.turn_started_at < moment.before)
      and (
        exists (select from messages where bot_id = bot.id and ended_at is null and status = 'queued' and due_at is null
          and queued_at < moment.before)
        or exists (select from messages where bot_id = bot.id and status in ('queued', 'unknown')
          and ended_at is null and due_at < moment.before)
        or exists (select from messages where bot_id = bot.id and ended_at is null and status = 'sending' and claimed_at < moment.before)
      )
    limit ${options.limit}`.execute(db)
  return rows
}

/** Runs `work` while holding a lock that only one process has at a time; undefined when another one has it. */
export async function withSweepLock<T>(
  db: Database,
  work: (db: Database) => Promise<T>,
): Promise<T | undefined> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ held: boolean }>`
      select pg_try_advisory_xact_lock(hashtext('postino.sweep')) as held`.execute(trx)
    return rows[0]?.held === true ? await work(trx) : undefined
  })
}
