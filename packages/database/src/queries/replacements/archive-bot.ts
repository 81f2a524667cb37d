import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { admitWaitingRegistrations } from '../registrations/registration-quota.ts'
import { endBotReplacement } from './bot-replacements.ts'

/**
 * Takes a bot out of service. Its registrations and all that was ever sent stay, and it is at work again when it is added
 * once more. What waits for it goes to other chats of the same people, by `rehomeMessages`. False when it was archived before.
 */
export async function archiveBot(db: Database, shopId: string, botId: string): Promise<boolean> {
  const isArchived = await inTransaction(db, async (trx) => {
    await endBotReplacement(trx, shopId, botId)
    const { numUpdatedRows } = await trx
      .updateTable('bots')
      .set({ status: 'archived', broken_reason: null })
      .where('shop_id', '=', shopId)
      .where('id', '=', botId)
      .where('status', '<>', 'archived')
      .executeTakeFirst()
    return numUpdatedRows > 0n
  })
  // Its chats took places in the quota that those who have moved wait for.
  if (isArchived) await admitWaitingRegistrations(db, shopId)
  return isArchived
}

/** People whose open chat with this bot is the only one they have with the shop: nobody reaches them without it. */
export async function countPeopleOfBotAlone(db: Database, shopId: string, botId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from registrations registration
    where shop_id = ${shopId} and bot_id = ${botId} and status = 'active' and not exists (
      select from registrations other
      join bots on bots.shop_id = other.shop_id and bots.id = other.bot_id and bots.status <> 'archived'
      where other.shop_id = registration.shop_id and other.contact_id = registration.contact_id
        and other.bot_id <> registration.bot_id and other.status = 'active')`.execute(db)
  return rows[0]?.count ?? 0
}

/** Archived bots for which something waits: what was queued before, or rendered while the bot was archived. */
export async function listArchivedBotsWithMessages(
  db: Database,
): Promise<{ shopId: string; botId: string }[]> {
  const { rows } = await sql<{ shopId: string; botId: string }>`
    select bot.shop_id as "shopId", bot.id as "botId" from bots bot
    where bot.status = 'archived' and (
      exists (select from messages where bot_id = bot.id and ended_at is null and status = 'queued')
      or exists (select from messages where bot_id = bot.id and ended_at is null and status = 'unknown' and due_at is not null))
    order by bot.id limit 1000`.execute(db)
  return rows
}

/**
 * Gives what waits for an archived bot, the oldest first, to the youngest open chat its contact has with another bot; what has
 * none ends. Invitations to the other bot have no purpose any more. Answers the bots to wake, and how many were looked at.
 */
export async function rehomeMessages(
  db: Database,
  bot: { shopId: string; botId: string },
  { limit }: { limit: number },
): Promise<{ seen: number; bots: { shopId: string; botId: string }[] }> {
  const { shopId, botId } = bot
  const { rows } = await sql<{ botId: string | null }>`
    with waiting as (
      select shop_id, id, contact_id, kind, status from messages
      where bot_id = ${botId} and ended_at is null and status in ('queued', 'unknown') and (status = 'queued' or due_at is not null)
      order by lane, id limit ${limit} for update skip locked
    ), decided as (
      select waiting.*, home.id as registration_id, home.bot_id, home.chat_id from waiting
      left join lateral (
        select registration.id, registration.bot_id, registration.chat_id from registrations registration
        join bots on bots.shop_id = registration.shop_id and bots.id = registration.bot_id and bots.status <> 'archived'
        where waiting.status = 'queued' and waiting.kind <> 'bot.replaced' and registration.shop_id = waiting.shop_id
          and registration.contact_id = waiting.contact_id and registration.status = 'active'
        order by registration.is_over_quota, registration.status_changed_at desc, registration.id desc limit 1
      ) home on true
    )
    update messages message set
      bot_id = coalesce(decided.bot_id, message.bot_id),
      registration_id = coalesce(decided.registration_id, message.registration_id),
      chat_id = coalesce(decided.chat_id, message.chat_id),
      status = case when decided.status = 'queued' and decided.bot_id is null then 'suppressed' else message.status end,
      reason = case when decided.status = 'queued' and decided.bot_id is null
        then case when message.kind = 'bot.replaced' then 'cancelled' else 'not_registered' end else message.reason end,
      due_at = null,
      ended_at = case when decided.bot_id is null then clock_timestamp() end
    from decided where message.shop_id = decided.shop_id and message.id = decided.id and message.ended_at is null
    returning decided.bot_id as "botId"`.execute(db)
  const homes = new Set(rows.flatMap((row) => (row.botId === null ? [] : [row.botId])))
  return { seen: rows.length, bots: [...homes].map((home) => ({ shopId, botId: home })) }
}
