import { sql, type RawBuilder } from 'kysely'

/** More than any message has. */
const MOST_CALLS = 1_000

/**
 * Statement parts: delete what belongs to the messages of `old` (shop_id, id), or to its events (with source and event_id). Each
 * row is found by its index, however many Postgres believes there are: a join could be answered by reading all of a table.
 */
export const BELONGINGS_OF_MESSAGES: RawBuilder<unknown> = sql`
  calls as (
    delete from attempts where ctid = any (array(
      select attempt.ctid from old cross join lateral (
        select ctid from attempts where shop_id = old.shop_id and message_id = old.id limit ${sql.lit(MOST_CALLS)}
      ) attempt))
  ), presses as (
    delete from button_presses where ctid = any (array(
      select press.ctid from old cross join lateral (
        select ctid from button_presses where shop_id = old.shop_id and message_id = old.id limit ${sql.lit(MOST_CALLS)}
      ) press))
  )`

export const KEYS_OF_EVENTS: RawBuilder<unknown> = sql`
  keys as (
    delete from event_keys where ctid = any (array(
      select key.ctid from old cross join lateral (
        select ctid from event_keys
        where shop_id = old.shop_id and event_id = old.event_id and source = old.source and id = old.id limit 1
      ) key))
  ), needed as (
    delete from needed_events where ctid = any (array(
      select needed.ctid from old cross join lateral (
        select ctid from needed_events where shop_id = old.shop_id and id = old.id limit 1
      ) needed))
  )`
