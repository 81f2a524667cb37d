import { sql, type RawBuilder } from 'kysely'
import { isLater } from './is-later.ts'

/** So many later messages of a recipient are looked at. */
const MOST_LATER = 200

/**
 * The newest message that takes the place of `message`, or has taken it, waiting, under way or told: its id, in one row or
 * none. For one whose outcome is unknown: what is told already is older than what it says.
 */
export function newerMessage(): RawBuilder<unknown> {
  const columns = sql`id, collapse_key, sequence, replaces_older`
  const isTheirs = sql`shop_id = message.shop_id and recipient = message.recipient and id > message.id`
  return sql`
    select later.id from (
      (select ${columns} from messages where ${isTheirs} and collapse_key = message.collapse_key
        and status in ('accepted', 'queued') and (status = 'queued' or due_at is not null)
        order by id desc limit ${sql.lit(MOST_LATER)})
      union all
      (select ${columns} from messages where bot_id = message.bot_id and status = 'sending' and ${isTheirs})
      union all
      (select ${columns} from messages where ${isTheirs} and ended_at is not null and status in ('sent', 'unknown')
        order by id limit ${sql.lit(MOST_LATER)})
    ) later
    where later.collapse_key = message.collapse_key and later.replaces_older
      and ${isLater(sql`message.sequence`, sql`later.sequence`)} is not true
    order by later.id desc limit 1`
}
