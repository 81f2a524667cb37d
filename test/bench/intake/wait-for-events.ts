import { sql } from 'kysely'
import { describeStall } from '../stage/describe-stall.ts'
import type { Shops } from '../stage/seed-shops.ts'
import type { Stage } from '../stage/stage.ts'

const LOOK_EVERY_MS = 200
const STILL_MS = 60_000

/** Until so many events of the shops are committed. @throws when none is any more */
export async function waitForEvents(stage: Stage, { shops }: Shops, wanted: number): Promise<void> {
  const shopIds = shops.map(({ id }) => id)
  let [seen, movedAtMs] = [-1, performance.now()]
  for (;;) {
    // Counting costs Postgres something, which is to be measured: the numbers given to events tell when that is due.
    const given = await readLastId(stage)
    if (given >= wanted && (await countEvents(stage, shopIds)) >= wanted) return
    if (given !== seen) movedAtMs = performance.now()
    seen = given
    if (performance.now() - movedAtMs > STILL_MS)
      throw new Error(`no more events come, ${wanted} were expected:\n${await describeStall(stage)}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

async function readLastId({ database }: Stage): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(pg_sequence_last_value(pg_get_serial_sequence('events', 'id')::regclass), 0)::float8 as id`.execute(
    database,
  )
  return rows[0]?.id ?? 0
}

async function countEvents({ database }: Stage, shopIds: string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from events where shop_id = any (${shopIds}::bigint[])`.execute(database)
  return rows[0]?.count ?? 0
}

/** Events a second, from the first commit of them to the last one's: those of the first are not counted. */
export async function committedPerSecond({ database }: Stage, { shops }: Shops): Promise<number> {
  const { rows } = await sql<{ perSecond: number }>`
    with batch as (
      select accepted_at, count(*) as events from events
      where shop_id = any (${shops.map(({ id }) => id)}::bigint[]) group by accepted_at
    )
    select ((sum(events) - (select events from batch order by accepted_at limit 1))
      / extract(epoch from max(accepted_at) - min(accepted_at)))::float8 as "perSecond" from batch`.execute(
    database,
  )
  return rows[0]?.perSecond ?? Number.NaN
}
