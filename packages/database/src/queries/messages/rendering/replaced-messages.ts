import { sql, type RawBuilder } from 'kysely'
import { isLater } from '../is-later.ts'

// Of one thing nobody has so much news at a time; beyond it the older ones find the newer when they are rendered themselves.
export const MOST_RIVALS = 500

/**
 * Whether `rival`, news of the same thing, waits so that one of both may take the other's place: it is older, or was
 * rendered already; of numbered news all, and whatever is `together` with it.
 */
export function isRival(rival: string, of: string, together = sql`false`): RawBuilder<unknown> {
  return sql`${sql.raw(`${rival}.status in ('accepted', 'queued') and not ${rival}.is_test and (
    ${rival}.id < ${of}.id or ${rival}.status = 'queued' or ${rival}.due_at is not null or ${of}.sequence is not null`)}
    or ${together})`
}

/**
 * Ids of what waits about the same thing as the rows of `keyed` (shop_id, recipient, collapse_key, sequence, id) and is their
 * rival.
 */
export function rivalsOf(): RawBuilder<unknown> {
  return sql`
    select rival.id from keyed cross join lateral (
      select id from messages_open other
      where shop_id = keyed.shop_id and recipient = keyed.recipient and collapse_key = keyed.collapse_key
        and ${isRival('other', 'keyed')}
      order by id desc limit ${sql.lit(MOST_RIVALS)}
    ) rival`
}

/**
 * Which rows of `waiting` (shop_id, id, recipient, collapse_key, sequence, replaces_older, is_told) end because of another
 * one: id, by, reason. Stale is what comes after a later state that is told, or waits before it to be told. Of all others
 * the newest that replaces older ones takes their place; newer is what was accepted later, unless their sequences say that
 * it is not. Whatever is missing or mixed in the sequences, somebody of each key stays: the newest that is not stale.
 */
export function replacedMessages(): RawBuilder<unknown> {
  const isSame = (other: string) =>
    sql.raw(`${other}.shop_id = waiting.shop_id and ${other}.recipient = waiting.recipient
      and ${other}.collapse_key = waiting.collapse_key`)
  return sql`
    with stale as materialized (
      select waiting.id, (
        select told.id from (
          (select id, sequence from messages message
            where ${isSame('message')} and sequence is not null and status in ('sending', 'sent', 'unknown') and not is_test
            order by id desc limit ${sql.lit(MOST_RIVALS)})
          union all
          select id, sequence from waiting other where ${isSame('other')} and other.is_told and other.id < waiting.id
        ) told where ${isLater(sql`told.sequence`, sql`waiting.sequence`)} order by told.id desc limit 1) as by
      from waiting where waiting.sequence is not null
    ), ending as materialized (
      select waiting.id, coalesce(stale.by, newest.id) as by,
        case when stale.by is null then 'superseded_by_newer' else 'stale_sequence' end as reason
      from waiting
      left join stale on stale.id = waiting.id
      left join lateral (
        select newer.id from waiting newer
        where ${isSame('newer')} and newer.replaces_older and newer.id > waiting.id
          and ${isLater(sql`waiting.sequence`, sql`newer.sequence`)} is not true
          and not exists (select from stale where stale.id = newer.id and stale.by is not null)
        order by newer.id desc limit 1
      ) newest on true
      where coalesce(stale.by, newest.id) is not null
    )
    -- What made one stale may be replaced in the same moment: then that one is told.
    select ending.id, coalesce(after.by, ending.by) as by, ending.reason
    from ending left join ending after on after.id = ending.by`
}
