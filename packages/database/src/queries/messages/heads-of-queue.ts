import { sql, type RawBuilder } from 'kysely'

// So many rows at most are read from the front of a bot's queue, and fewer for a few places; when some crowded chats fill
// them all, the search goes on chat by chat, so a claim costs the same however much waits.
const FRONT_ROWS = 200
const ROWS_A_PLACE = 3
const CHATS_TRIED = 1_000

const COLUMNS = sql`ctid as row, shop_id, id, lane, chat_id, recipient, cost, status`
const OF_READY = sql`"botId", epoch, talks, take, spare, seen, row, shop_id, id, lane, chat_id, cost`

/**
 * The tables that lead from `held` ("botId", epoch, talks, take, spare, "busyChats") to `chosen`: what each bot may send now,
 * lane by lane, oldest first, one per chat: the head of each ready chat, and resends that are due, until their cost reaches
 * `take`. Of these places the first `spare` go to reminders and bulk if some are ready, so that no endless stream of lane 0
 * starves them. Columns: those of `held`, row: where it stands in messages_open, shop_id, id, and seen: how many wait, but no more
 * than one more than fit.
 *
 * What is read of a bot's queue is read by scalar subqueries and limits on purpose: each of them can only be answered by its
 * index, row by row, as far as `take` needs it. As joins they would invite plans that read all of a queue, depending on
 * yesterday's statistics. What follows is done for all bots at once, since each step costs something for each bot.
 */
export function headsOfQueue(): RawBuilder<unknown> {
  return sql`queue as materialized (
      select held.*, least(${sql.lit(FRONT_ROWS)}, (take + 2) * ${sql.lit(ROWS_A_PLACE)}) as front_rows,
        array(select chat_id from messages_open where bot_id = held."botId" and status = 'sending' and chat_id is not null)
          || "busyChats" as busy,
        (select count(*) from (${waiting('held', sql``)} limit take + 1) front)
          + (select count(*) from (${due('held')} limit take + 1) due) as seen
      from held
    ), ready as materialized (
      select ${OF_READY} from queue cross join lateral (
        (${nearest({ where: sql``, rows: sql`front_rows` })} limit take)
        union all
        (${nearest({ where: sql`and lane > 0`, rows: sql`case when spare > 0 then front_rows else 0 end` })} limit spare)
        union all
        (select * from (${due('queue')} limit ${sql.lit(FRONT_ROWS)}) head where ${isReady()})
      ) head
    ), far as (
      select ${OF_READY} from queue cross join lateral (${chatByChat()}) head
      where seen >= least(take + 1, front_rows)
        and "botId" <> all (array(select "botId" from ready group by "botId", take having count(*) >= take))
        and (select count(*) from (${waiting('queue', sql``)} limit front_rows) front) = front_rows
    ), one_per_chat as (
      select distinct on ("botId", chat_id) * from (select * from ready union all select * from far) found
      order by "botId", chat_id, lane, id
    ), ranked as (
      select *, lane > 0 and row_number() over (partition by "botId", lane > 0 order by lane, id) <= spare as is_spared
      from one_per_chat
    ), counted as (
      select *, sum(cost) over places - cost as before, row_number() over places as place
      from ranked window places as (partition by "botId" order by is_spared desc, lane, id)
    ), chosen as materialized (
      select * from counted where before < take and place <= take
    )`
}

/** What waits for its place alone, in the order of the places. */
function waiting(bot: 'held' | 'queue', where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select ${COLUMNS} from messages_open
    where bot_id = ${sql.ref(bot)}."botId" and status = 'queued' and due_at is null ${where} order by lane, id`
}

/** What had a time of its own, which has come. */
function due(bot: 'held' | 'queue'): RawBuilder<unknown> {
  return sql`select ${COLUMNS} from messages_open
    where bot_id = ${sql.ref(bot)}."botId" and status in ('queued', 'unknown') and due_at <= now() order by due_at`
}

function nearest({
  where,
  rows,
}: {
  where: RawBuilder<unknown>
  rows: RawBuilder<unknown>
}): RawBuilder<unknown> {
  // The inner limit is for the planner, who must see how few they are, the outer one stops the reading.
  return sql`select * from (
    select * from (${waiting('queue', where)} limit ${sql.lit(FRONT_ROWS)}) near limit ${rows}) head where ${isReady()}`
}

/** What is ready of a bot whose front is full of a few crowded chats. */
function chatByChat(): RawBuilder<unknown> {
  const columns = sql`${COLUMNS}, due_at`
  const isQueued = sql`bot_id = queue."botId" and status = 'queued'`
  return sql`
    with recursive chat_head as (
      (select ${columns}, 1 as step from messages_open where ${isQueued} order by lane, chat_id, id limit 1)
      union all
      select next.*, chat_head.step + 1 from chat_head cross join lateral (
        select ${columns} from messages_open where ${isQueued} and (lane, chat_id) > (chat_head.lane, chat_head.chat_id)
        order by lane, chat_id, id limit 1
      ) next where chat_head.step < ${sql.lit(CHATS_TRIED)}
    )
    select * from (select * from chat_head where due_at is null or due_at <= now() order by lane, id) head
    where ${isReady()} limit take`
}

/**
 * Nobody sends to its chat, and nothing of the lane goes before this head: no earlier message of its chat that waits, none of its
 * contact to be rendered. Asked as "what stands just before it in the index", since "is there one with a smaller id" may be
 * answered by walking through all smaller ids, for whoever believes that one will soon be found. And no further back than the chat
 * or the contact goes: what left the queue stands in the index until it is vacuumed, and a look at all of that would cost more
 * than the rest.
 */
function isReady(): RawBuilder<boolean> {
  return sql`head.chat_id <> all (queue.busy) and (head.status = 'unknown' or (
    (select (lane, chat_id) = (head.lane, head.chat_id) from messages_open
      where bot_id = queue."botId" and status = 'queued' and (lane, chat_id, id) < (head.lane, head.chat_id, head.id)
        and (lane, chat_id, id) > (head.lane, head.chat_id, 0)
      order by lane desc, chat_id desc, id desc limit 1) is not true
    and (select (recipient, lane) = (head.recipient, head.lane) from messages_open
      where shop_id = head.shop_id and status = 'accepted' and due_at is null
        and (recipient, lane, id) < (head.recipient, head.lane, head.id) and (recipient, lane, id) > (head.recipient, head.lane, 0)
      order by recipient desc, lane desc, id desc limit 1) is not true))`
}
