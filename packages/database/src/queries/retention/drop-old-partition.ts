import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { classifyDatabaseFailure } from '../../database-failure.ts'
import { messagesSince } from '../messages/messages-since.ts'
import { BELONGINGS_OF_MESSAGES, KEYS_OF_EVENTS } from './belongings.ts'
import type { ClearedBatch, OldBatch } from './retention-kind.ts'

type Parent = 'messages_ended' | 'events'

/** Of a partition that was taken out: so much is read at a time, some thousands of rows. */
const PAGES = 200
const PAGE_BYTES = 8_192
/** Whoever reads or writes the table waits behind this for as long. */
const LOCK_TIMEOUT_MS = 300
/** Events that have to stay are moved under that lock: with more of them rows are deleted one by one, until they are fewer. */
const MOST_KEPT = 10_000

/**
 * Takes a partition whose time is over out of its table, at a stroke, and then, page by page, clears away what belongs to its
 * rows elsewhere, until the partition itself is dropped. One step a call; undefined when there is nothing to do.
 *
 * A partition goes as soon as the first of its rows is too old, so that nothing is kept longer than it may and nothing has to
 * be deleted row by row; its last ones go as many days too soon as it is long. Where that would be more than a quarter of
 * their time it goes with its last row, and rows are deleted until then.
 */
export async function dropOldPartition(
  trx: Database,
  parent: Parent,
  batch: OldBatch,
): Promise<ClearedBatch | undefined> {
  const taken = await findTakenOut(trx, parent)
  if (taken !== undefined) return await clearTakenOut(trx, parent, { name: taken, from: batch.from })
  const old = await findOld(trx, parent, batch)
  if (old === undefined) return undefined
  // Of all messages of a week the few that ended later, or have not yet: some seconds.
  await sql`set local statement_timeout = '10min'`.execute(trx)
  if (parent === 'events') {
    // They tell of their events: these wait for them.
    if ((await findOld(trx, 'messages_ended', batch)) !== undefined) return { rows: 0 }
    if ((await listStillTold(trx, old)) > MOST_KEPT) return undefined
  }
  const isOut = await takeOut(trx, parent, old)
  // Somebody reads it for long, such as a backup: the next time, then.
  return isOut ? { rows: 0, next: `${old.name} 0` } : { rows: 0 }
}

interface Partition {
  name: string
  startsAt: string
  endsAt: string
}

/** Of which whoever was at it has left something. */
async function findTakenOut(trx: Database, parent: Parent): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and not relispartition
      and relname ~ ${`^${parent}_[0-9]{8}$`} order by relname limit 1`.execute(trx)
  return rows[0]?.name
}

async function findOld(trx: Database, parent: Parent, batch: OldBatch): Promise<Partition | undefined> {
  const { rows } = await sql<Partition>`
    select name, starts_at::text as "startsAt", ends_at::text as "endsAt"
    from partitions_of(${parent}), (select ${batch.olderThanDays} * interval '1 day' as kept) time
    where case when (ends_at - starts_at) * 4 <= kept then starts_at else ends_at end <= now() - kept
    order by starts_at limit 1`.execute(trx)
  return rows[0]
}

/** False when its lock was not to be had soon: others would have to wait behind whoever holds it. */
async function takeOut(trx: Database, parent: Parent, partition: Partition): Promise<boolean> {
  await sql`savepoint before_lock`.execute(trx)
  try {
    await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT_MS)}`.execute(trx)
    await sql`alter table ${sql.table(parent)} detach partition ${sql.table(partition.name)}`.execute(trx)
  } catch (error) {
    if (classifyDatabaseFailure(error) !== 'retry') throw error
    await sql`rollback to savepoint before_lock`.execute(trx)
    return false
  }
  if (parent === 'events') await keepStillTold(trx, partition)
  return true
}

/** Counts events some of whose messages are still there: those not yet ended, and those that ended in a later partition. */
async function listStillTold(trx: Database, { name, startsAt, endsAt }: Partition): Promise<number> {
  await sql`
    create temporary table still_told on commit drop as
    select shop_id, event_id as id from ${messagesSince(sql.lit(startsAt))} message
    where accepted_at >= ${sql.lit(startsAt)} and accepted_at < ${sql.lit(endsAt)}
    union
    select shop_id, id from ${sql.table(name)} event
    where kind = 'bot.replaced' and (select id from messages
      where shop_id = event.shop_id and event_id = event.id and kind = 'bot.replaced' limit 1) is not null`.execute(
    trx,
  )
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from still_told`.execute(trx)
  return rows[0]?.count ?? 0
}

/** They go on in the partition for everything else. */
async function keepStillTold(trx: Database, { name }: Partition): Promise<void> {
  await sql`
    with kept as (
      delete from ${sql.table(name)} event using still_told
      where event.shop_id = still_told.shop_id and event.id = still_told.id returning event.*
    ) insert into events overriding system value select * from kept`.execute(trx)
}

/** A key outlives its event by a moment: what came again under it in between would be taken for a new one without it. */
async function clearTakenOut(
  trx: Database,
  parent: Parent,
  { name, from }: { name: string; from: string | undefined },
): Promise<ClearedBatch> {
  const [table, page] = from?.split(' ') ?? []
  const firstPage = table === name ? Number(page) : 0
  const { rows } = await sql<{ rows: number; pages: number }>`
    with old as materialized (
      select * from ${sql.table(name)} where ctid >= ${tid(firstPage)} and ctid < ${tid(firstPage + PAGES)}
    ), ${parent === 'events' ? KEYS_OF_EVENTS : BELONGINGS_OF_MESSAGES}
    select (select count(*)::int from old) as rows,
      (pg_relation_size(${name}::regclass) / ${sql.lit(PAGE_BYTES)})::int as pages`.execute(trx)
  const [step] = rows
  const nextPage = firstPage + PAGES
  if (step !== undefined && nextPage < step.pages) return { rows: step.rows, next: `${name} ${nextPage}` }
  await sql`drop table ${sql.table(name)}`.execute(trx)
  return { rows: step?.rows ?? 0, next: 'more' }
}

function tid(page: number) {
  return sql`${sql.lit(`(${page},0)`)}::tid`
}
