import { sql, type RawBuilder } from 'kysely'

/**
 * Query: the event of `message`: event_id and source. Both were accepted in the same moment, which says where the event
 * stands; our own events tell people later, too.
 */
export function eventOf(): RawBuilder<unknown> {
  const isIt = sql`shop_id = message.shop_id and id = message.event_id`
  return sql`
    select event_id, source from events where ${isIt} and accepted_at = message.accepted_at
    union all
    select event_id, source from events
    where message.kind = 'bot.replaced' and ${isIt} and accepted_at <> message.accepted_at
    limit 1`
}
