import type { Database } from '../create-database.ts'

/**
 * Until the transaction ends, no other update of this chat is handled anywhere. Telegram delivers messages, pressed
 * buttons and blocks side by side: without it a tap under way could grant what a /stop has just ended. A lock of its own
 * and not that of a row, since the first /start has no row yet.
 */
export async function lockChat(database: Database, chat: { botId: string; chatId: number }): Promise<void> {
  await lock(database, `chat ${chat.botId} ${chat.chatId}`)
}

/**
 * Until the transaction ends, nobody else finds out who this person is to the shop: who presses START in two of its bots at
 * once becomes one contact.
 */
export async function lockPerson(database: Database, shopId: string, telegramUserId: number): Promise<void> {
  await lock(database, `person ${shopId} ${telegramUserId}`)
}

async function lock(database: Database, name: string): Promise<void> {
  await database
    .selectNoFrom((sql) => {
      const key = sql.fn<string>('hashtextextended', [sql.val(name), sql.val(0)])
      return sql.fn<null>('pg_advisory_xact_lock', [key]).as('locked')
    })
    .execute()
}
