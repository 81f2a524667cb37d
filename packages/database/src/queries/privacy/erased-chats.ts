import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'

/** Keeps these Telegram ids, as hashes, from being written to again by an import. */
export async function insertErasedChats(db: Database, shopId: string, telegramIds: string[]): Promise<void> {
  await sql`
    insert into erased_chats (shop_id, chat_hash)
    select shop.id, ${hashOf(sql`telegram_id`)} from shops shop cross join unnest(${telegramIds}::bigint[]) telegram_id
    where shop.id = ${shopId}
    on conflict (shop_id, chat_hash) do update set erased_at = now()`.execute(db)
}

/** Their own START: from now on they are somebody new to the shop. False when nothing of them was ever erased. */
export async function forgetErasure(db: Database, shopId: string, telegramId: number): Promise<boolean> {
  const { rows } = await sql`
    delete from erased_chats using shops shop
    where shop.id = ${shopId} and erased_chats.shop_id = shop.id
      and chat_hash = ${hashOf(sql`${telegramId}::bigint`)}
    returning chat_hash`.execute(db)
  return rows.length > 0
}

/** Those of these Telegram ids whose person had everything erased, and has not come back by themselves. */
export async function listErasedChats(
  db: Database,
  shopId: string,
  telegramIds: string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select telegram_id as id from shops shop cross join unnest(${telegramIds}::bigint[]) telegram_id
    join erased_chats erased on erased.shop_id = shop.id and erased.chat_hash = ${hashOf(sql`telegram_id`)}
    where shop.id = ${shopId}`.execute(db)
  return rows.map(({ id }) => id)
}

/** With the shop's salt, so that nobody tells that two shops erased the same person. */
function hashOf(telegramId: RawBuilder<unknown>): RawBuilder<Buffer> {
  return sql`sha256(shop.erasure_salt || convert_to(${telegramId}::text, 'UTF8'))`
}
