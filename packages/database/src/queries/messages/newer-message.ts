import { sql, type RawBuilder } from 'kysely'
import { isLater } from './is-later.ts'

/** So many other messages about the thing, and so many later ones of the recipient, are looked at. */
const MOST_LOOKED_AT = 200

/**
 * The message that makes it wrong to call for `message` once more: the newest that takes its place or has taken it, or one
 * with a later state; waiting, under way or told. One id or none, and asked of those alone that were called for before: all
 * others end when the newer one is queued.
 */
export function newerMessage(): RawBuilder<unknown> {
  const columns = sql`id, status, collapse_key, sequence, replaces_older`
  const isTheirs = sql`shop_id = message.shop_id and recipient = message.recipient`
  const atMost = sql`limit ${sql.lit(MOST_LOOKED_AT)}`
  const isEarlier = isLater(sql`message.sequence`, sql`other.sequence`)
  const isLaterState = isLater(sql`other.sequence`, sql`message.sequence`)
  return sql`
    select other.id from (
      (select ${columns} from messages where ${isTheirs} and collapse_key = message.collapse_key
        and status in ('accepted', 'queued') and (status = 'queued' or due_at is not null) order by id desc ${atMost})
      union all
      (select ${columns} from messages where bot_id = message.bot_id and status = 'sending' and ${isTheirs})
      union all
      (select ${columns} from messages where ${isTheirs} and id > message.id and ended_at is not null
        and status in ('sent', 'unknown') order by id ${atMost})
      union all
      (select ${columns} from messages where ${isTheirs} and id > message.id and status = 'unknown' and ended_at is null
        order by id ${atMost})
      union all
      (select ${columns} from messages where message.sequence is not null and ${isTheirs}
        and collapse_key = message.collapse_key and sequence is not null and status in ('sent', 'unknown')
        order by id desc ${atMost})
    ) other
    where other.collapse_key = message.collapse_key and other.id <> message.id and (
      other.replaces_older and other.id > message.id and ${isEarlier} is not true
      or ${isLaterState} and (other.status in ('sending', 'sent', 'unknown') or other.status = 'queued' and other.id < message.id))
    order by other.id desc limit 1`
}
