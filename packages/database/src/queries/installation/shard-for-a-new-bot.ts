import { sql, type RawBuilder } from 'kysely'

/** The shard with the fewest bots, as a value to insert: bots are spread evenly, and stay where they are. */
export function shardForANewBot(): RawBuilder<number> {
  return sql<number>`coalesce((
    select candidate from installation cross join generate_series(0, shards - 1) as candidate
    where shards > 1
    order by (select count(*) from bots where shard = candidate), candidate limit 1
  ), 0)`
}
