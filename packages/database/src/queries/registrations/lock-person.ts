import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/**
 * Until the transaction ends, nothing else that this person does in the shop's bots takes effect anywhere; their private chats
 * go by the same number. Telegram delivers messages, pressed buttons and blocks side by side: without it a tap under way could
 * grant what a /stop has just ended, or who presses START in two bots at once become two contacts. A lock of its own and not
 * that of a row, since the first /start has no row yet.
 */
export async function lockPerson(database: Database, shopId: string, telegramUserId: number): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`person ${shopId} ${telegramUserId}`}, 0))`.execute(
    database,
  )
}

/** The same for several, in the order of their ids, so that two who do this never wait for each other in a ring. */
export async function lockPeople(
  database: Database,
  shopId: string,
  telegramUserIds: readonly string[],
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('person ' || ${shopId}::text || ' ' || id, 0))
    from (select id from unnest(${telegramUserIds}::bigint[]) id order by id) person`.execute(database)
}
