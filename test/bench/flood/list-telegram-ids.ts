import type { Database } from '@postino/database'
import type { Fleet } from '../stage/seed.ts'

/** Telegram's ids of a fleet's bots. */
export async function listTelegramIds(database: Database, { shopId }: Fleet): Promise<number[]> {
  const rows = await database
    .selectFrom('bots')
    .select('telegram_id')
    .where('shop_id', '=', shopId)
    .orderBy('id')
    .execute()
  return rows.map(({ telegram_id: id }) => Number(id))
}
