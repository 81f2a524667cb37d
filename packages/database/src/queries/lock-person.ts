import type { Database } from '../create-database.ts'

/**
 * Until the transaction ends, nothing else that this person does in the shop's bots takes effect anywhere; their private chats
 * go by the same number. Telegram delivers messages, pressed buttons and blocks side by side: without it a tap under way could
 * grant what a /stop has just ended, or who presses START in two bots at once become two contacts. A lock of its own and not
 * that of a row, since the first /start has no row yet.
 */
export async function lockPerson(database: Database, shopId: string, telegramUserId: number): Promise<void> {
  await database
    .selectNoFrom((sql) => {
      const key = sql.fn<string>('hashtextextended', [
        sql.val(`person ${shopId} ${telegramUserId}`),
        sql.val(0),
      ])
      return sql.fn<null>('pg_advisory_xact_lock', [key]).as('locked')
    })
    .execute()
}
