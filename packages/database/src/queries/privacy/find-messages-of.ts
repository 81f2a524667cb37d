import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** Who is meant: a person's ids at the shop, and the chats that are or were theirs. */
export interface MessagesAim {
  externalIds: string[]
  chatIds: string[]
}

/**
 * The messages for a person that have not ended, in the order of their ids. Each piece is answered by an index of the
 * queue, however much waits there for others; what waits in a chat is looked for by the chat.
 */
export async function listOpenMessages(
  db: Database,
  shopId: string,
  { externalIds, chatIds }: MessagesAim,
): Promise<string[]> {
  const isTheirs = sql`ended_at is null and shop_id = ${shopId} and recipient = any (${externalIds}::text[])`
  const ofShop = sql`bot_id = any (array(select id from bots where shop_id = ${shopId}))`
  const { rows } = await sql<{ id: string }>`
    select id from (
      select id from messages where ${isTheirs} and status = 'accepted' and due_at is null
      union
      select id from messages where ${isTheirs} and status = 'accepted' and due_at is not null
      union
      select id from messages where ${ofShop} and lane = any ('{0,1,2}') and chat_id = any (${chatIds}::bigint[])
        and status = 'queued' and ${isTheirs}
      union
      select id from messages where ${ofShop} and status = 'sending' and ${isTheirs}
      union
      select id from messages where ${ofShop} and status in ('queued', 'unknown') and due_at is not null and ${isTheirs}
      union
      select id from messages where status = 'unknown' and due_at is null and ${isTheirs}
    ) open order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** The messages for a person that have ended, by their ids; at most `limit`, beyond `afterId`. */
export async function listEndedMessages(
  db: Database,
  shopId: string,
  page: { externalIds: string[]; afterId: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from messages
    where shop_id = ${shopId} and recipient = any (${page.externalIds}::text[]) and ended_at is not null
      and id > ${page.afterId}
    order by id limit ${page.limit}`.execute(db)
  return rows.map(({ id }) => id)
}
