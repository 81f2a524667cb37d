import { sql, type RawBuilder } from 'kysely'

// So many rows at most are read from the front of a bot's queue, and fewer for a few places; when some crowded chats fill
// them all, the search goes on chat by chat, so a claim costs the same however much waits.
const FRONT_ROWS = 200
const ROWS_A_PLACE = 3
const CHATS_TRIED = 1_000
const LANES = 3

/**
 * What one bot (`held`: "botId", take, spare, "busyChats") may send now, lane by lane, oldest first, one per chat: the head
 * of each ready chat, and resends that are due, until their cost reaches `take`. Of these places the first `spare` go to
 * reminders and bulk if some are ready, so that no endless stream of lane 0 starves them. Columns: shop_id, id, and seen:
 * how many were looked at, more than are given when something stays behind.
 *
 * Written with scalar subqueries and limits on purpose: each of them can only be answered by its index, row by row, as
 * far as `take` needs it. As joins they would invite plans that read all of a queue, depending on yesterday's statistics.
 */
export function headsOfQueue(): RawBuilder<unknown> {
  const columns = sql`id, shop_id, lane, chat_id, recipient, status, due_at, cost`
  // Said of all, so that plans have nothing to do with history: not even a lock.
  const isQueued = sql`bot_id = held."botId" and ended_at is null and status = 'queued'`
  // Heads come sorted, so that only the first ones are looked at: a chat has at most one a lane, and mostly there is one lane.
  const enough = (heads: RawBuilder<unknown>) =>
    sql`limit held.take * case when (select min(lane) = max(lane) from ${heads}) then 1 else ${sql.lit(LANES)} end`
  const frontRows = sql`least(${sql.lit(FRONT_ROWS)}, (held.take + 2) * ${sql.lit(ROWS_A_PLACE)})`
  const isFull = sql`(select count(*) from front) = ${frontRows}`
  // The inner limit is for the planner, who must see how few they are, the outer one stops the reading.
  const nearest = (which: RawBuilder<unknown>, rows: RawBuilder<unknown>) => sql`
      select * from (select ${columns} from messages where ${isQueued} and due_at is null ${which} order by lane, id
        limit ${sql.lit(FRONT_ROWS)}) near limit ${rows}`
  return sql`
    with recursive busy as materialized (
      select array(select chat_id from messages where bot_id = held."botId" and ended_at is null
        and status = 'sending' and chat_id is not null)
        || held."busyChats" as chats
    ), front as materialized (${nearest(sql``, frontRows)}
    ), spared as materialized (${nearest(sql`and lane > 0`, sql`case when held.spare > 0 then ${frontRows} else 0 end`)}
    ), due as materialized (
      select ${columns} from messages
      where bot_id = held."botId" and status in ('queued', 'unknown') and ended_at is null and due_at <= now()
      order by due_at limit ${sql.lit(FRONT_ROWS)}
    ), head as materialized (
      select * from (
        select distinct on (chat_id, lane, status) *
        from (select * from front union all select * from spared union all select * from due) near
        where chat_id <> all ((select chats from busy)::bigint[]) order by chat_id, lane, status, id
      ) first order by lane, id
    ), ready as materialized (
      (select shop_id, id, lane, chat_id, cost from head where ${isReady()} ${enough(sql`head`)})
      union
      (select shop_id, id, lane, chat_id, cost from head where lane > 0 and ${isReady()} limit held.spare)
    ), chat_head as (
      (select ${columns}, 1 as step from messages where ${isQueued}
          and ${isFull} and (select count(*) from ready) < held.take
        order by lane, chat_id, id limit 1)
      union all
      select next.*, chat_head.step + 1 from chat_head cross join lateral (
        select ${columns} from messages where ${isQueued} and (lane, chat_id) > (chat_head.lane, chat_head.chat_id)
        order by lane, chat_id, id limit 1
      ) next where chat_head.step < ${sql.lit(CHATS_TRIED)}
    ), far as materialized (
      select * from chat_head
      where (due_at is null or due_at <= now()) and chat_id <> all ((select chats from busy)::bigint[]) order by lane, id
    ), one_per_chat as (
      select distinct on (chat_id) * from (
        select * from ready union all (select shop_id, id, lane, chat_id, cost from far head where ${isReady()} ${enough(sql`far`)})
      ) found order by chat_id, lane, id
    ), ranked as (
      select *, lane > 0 and row_number() over (partition by lane > 0 order by lane, id) <= held.spare as is_spared
      from one_per_chat
    ), counted as (
      select *, sum(cost) over (order by is_spared desc, lane, id) - cost as before from ranked
    )
    select shop_id, id, (select count(*) from front) + (select count(*) from due)
      + case when ${isFull} then 1 else 0 end as seen
    from counted where before < held.take order by is_spared desc, lane, id limit held.take`
}

/**
 * Nothing of the lane goes before this head: no earlier message of its chat that waits, none of its contact to be rendered.
 * Asked as "what stands just before it in the index", since "is there one with a smaller id" may be answered by walking
 * through all smaller ids, for whoever believes that one will soon be found. And no further back than the chat or the contact
 * goes: what left the queue stands in the index until it is vacuumed, and a look at all of that would cost more than the rest.
 */
function isReady(): RawBuilder<boolean> {
  return sql`(head.status = 'unknown' or (
    (select (lane, chat_id) = (head.lane, head.chat_id) from messages
      where bot_id = held."botId" and ended_at is null and status = 'queued' and (lane, chat_id, id) < (head.lane, head.chat_id, head.id)
        and (lane, chat_id, id) > (head.lane, head.chat_id, 0)
      order by lane desc, chat_id desc, id desc limit 1) is not true
    and (select (recipient, lane) = (head.recipient, head.lane) from messages
      where shop_id = head.shop_id and ended_at is null and status = 'accepted' and due_at is null
        and (recipient, lane, id) < (head.recipient, head.lane, head.id) and (recipient, lane, id) > (head.recipient, head.lane, 0)
      order by recipient desc, lane desc, id desc limit 1) is not true))`
}
