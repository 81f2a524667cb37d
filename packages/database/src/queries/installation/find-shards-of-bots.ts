import type { Database } from '../../create-database.ts'

/** The shard of each of these bots, which it keeps for good; nothing of one that is not there. */
export async function findShardsOfBots(db: Database, botIds: string[]): Promise<Map<string, number>> {
  const rows = await db.selectFrom('bots').select(['id', 'shard']).where('id', 'in', botIds).execute()
  return new Map(rows.map(({ id, shard }) => [id, shard]))
}
