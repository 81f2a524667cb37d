import type { Database } from '../../create-database.ts'

/**
 * Notes that an update is being handled; false when it was before. Belongs into the transaction of what the update
 * brings about, so that one without the other is never kept.
 */
export async function insertTelegramUpdate(
  db: Database,
  shopId: string,
  update: { botId: string; updateId: number },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('telegram_updates')
    .values({ shop_id: shopId, bot_id: update.botId, update_id: update.updateId })
    .onConflict((conflict) => conflict.columns(['shop_id', 'bot_id', 'update_id']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}
