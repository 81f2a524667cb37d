import { sql } from 'kysely'
import type { Shops } from '../stage/seed-shops.ts'
import { describeStall } from '../stage/describe-stall.ts'
import type { Stage } from '../stage/stage.ts'

const LOOK_EVERY_MS = 200
const STILL_MS = 60_000

/** Until so many events of the shops are committed. @throws when none is any more */
export async function waitForEvents(stage: Stage, { shops }: Shops, wanted: number): Promise<void> {
  const ids = shops.map(({ id }) => id)
  let [seen, movedAtMs] = [-1, performance.now()]
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from events where shop_id = any (${ids}::bigint[])`.execute(
      stage.database,
    )
    const count = rows[0]?.count ?? 0
    if (count >= wanted) return
    if (count !== seen) movedAtMs = performance.now()
    seen = count
    if (performance.now() - movedAtMs > STILL_MS)
      throw new Error(`${count} of ${wanted} events, and no more come:\n${await describeStall(stage)}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
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
