import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '@postino/database'
import { sql } from 'kysely'
import type { Fleet } from '../stage/seed.ts'

export interface SeededChat {
  telegramId: string
  chatId: number
  token: string
}

/** Takes the fleet's registrations away and gives each of its people a link instead, to opt in by. */
export async function seedLinks(database: Database, { shopId }: Fleet): Promise<SeededChat[]> {
  const { rows } = await sql<{ botId: string; telegramId: string; contactId: string; chatId: number }>`
    with gone as (delete from registrations where shop_id = ${shopId} returning bot_id, contact_id, chat_id)
    select gone.bot_id as "botId", bot.telegram_id as "telegramId", gone.contact_id as "contactId",
      gone.chat_id::int as "chatId"
    from gone join bots bot on bot.id = gone.bot_id order by gone.chat_id, gone.bot_id`.execute(database)
  const links = rows.map((row) => {
    const token = randomBytes(16).toString('base64url')
    return { ...row, token, hash: createHash('sha256').update(token).digest('hex') }
  })
  await sql`
    insert into optin_links (shop_id, token_hash, bot_id, contact_id, purposes, source, expires_at)
    select ${shopId}, decode(hash, 'hex'), "botId", "contactId", '{order_updates,marketing}', 'web_form', now() + interval '1 day'
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as link ("botId" bigint, "contactId" bigint, hash text)`.execute(
    database,
  )
  await sql`analyze optin_links, registrations`.execute(database)
  return links
}
