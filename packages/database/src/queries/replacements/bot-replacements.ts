import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'

/** A bot that takes another one's place, and is not done yet. */
export interface BotReplacement {
  shopId: string
  id: string
  oldBotId: string
  newBotId: string
  shopName: string
  newUsername: string
}

/** Where the events of ours come from. */
export const OWN_SOURCE = '/postino'
const KIND = 'bot.replaced'

/**
 * Lets a bot take another one's place: from now on the old one invites its people to the new one. `present`: that is under
 * way already; `other`: by another bot.
 */
export async function startBotReplacement(
  db: Database,
  shopId: string,
  bots: { oldBotId: string; newBotId: string },
): Promise<{ status: 'started' | 'present' | 'other'; id: string }> {
  const { oldBotId, newBotId } = bots
  return await inTransaction(db, async (trx) => {
    const inserted = await trx
      .insertInto('bot_replacements')
      .values({ shop_id: shopId, old_bot_id: oldBotId, new_bot_id: newBotId })
      .onConflict((conflict) =>
        conflict.columns(['shop_id', 'old_bot_id']).where('ended_at', 'is', null).doNothing(),
      )
      .returning('id')
      .executeTakeFirst()
    if (inserted !== undefined) {
      await insertOwnEvent(trx, shopId, eventIdOf(inserted.id))
      return { status: 'started', id: inserted.id }
    }
    const present = await trx
      .selectFrom('bot_replacements')
      .select(['id', 'new_bot_id as newBotId'])
      .where('shop_id', '=', shopId)
      .where('old_bot_id', '=', oldBotId)
      .where('ended_at', 'is', null)
      .executeTakeFirstOrThrow()
    return { status: present.newBotId === newBotId ? 'present' : 'other', id: present.id }
  })
}

/** No more invitations; whoever has one can still come by it. False when none was under way. */
export async function endBotReplacement(db: Database, shopId: string, oldBotId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('bot_replacements')
    .set((set) => ({ ended_at: set.fn('now') }))
    .where('shop_id', '=', shopId)
    .where('old_bot_id', '=', oldBotId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Of all shops, those whose two bots are at work. */
export async function listReplacementsUnderWay(db: Database): Promise<BotReplacement[]> {
  const { rows } = await sql<BotReplacement>`
    select replacement.shop_id as "shopId", replacement.id, old_bot_id as "oldBotId", new_bot_id as "newBotId",
      shop.name as "shopName", new_bot.username as "newUsername"
    from bot_replacements replacement
    join shops shop on shop.id = replacement.shop_id
    join bots old_bot on old_bot.shop_id = replacement.shop_id and old_bot.id = old_bot_id and old_bot.status = 'active'
    join bots new_bot on new_bot.shop_id = replacement.shop_id and new_bot.id = new_bot_id and new_bot.status = 'active'
    where ended_at is null order by replacement.id limit 1000`.execute(db)
  return rows
}

/** The event all invitations belong to. */
export function eventIdOf(replacementId: string): string {
  return `bot-replacement-${replacementId}`
}

/** An event that no shop reported, so that what is sent because of it has a trail. */
export async function insertOwnEvent(db: Database, shopId: string, eventId: string): Promise<{ id: string }> {
  const { rows } = await sql<{ id: string }>`
    with key as (
      insert into event_keys (shop_id, source, event_id, id, fingerprint)
      values (${shopId}, ${OWN_SOURCE}, ${eventId}, nextval('events_id_seq'), ${eventId})
      on conflict (shop_id, event_id, source) do nothing returning id
    )
    insert into events (shop_id, id, source, event_id, kind, body, received_over)
    overriding system value
    select ${shopId}, id, ${OWN_SOURCE}, ${eventId}, ${KIND}, '{}', 'postino' from key returning id`.execute(
    db,
  )
  // A shop may have sent something under this very name: it tells of it all the same.
  return rows[0] ?? (await findOwnEvent(db, shopId, eventId))
}

async function findOwnEvent(db: Database, shopId: string, eventId: string): Promise<{ id: string }> {
  return await db
    .selectFrom('event_keys')
    .select('id')
    .where('shop_id', '=', shopId)
    .where('event_id', '=', eventId)
    .where('source', '=', OWN_SOURCE)
    .executeTakeFirstOrThrow()
}
