import type { Database } from '../../create-database.ts'
import { loginSecretContext, type Keyring } from '../../keyring.ts'

/** Gives a bot what "Log in with Telegram" needs, the secret sealed; false when the shop has no such bot. */
export async function setBotLogin(
  db: Database,
  shopId: string,
  login: { botId: string; telegramId: string; clientId: string; secret: string; keyring: Keyring },
): Promise<boolean> {
  const sealed = login.keyring.seal(login.secret, loginSecretContext(shopId, login.telegramId))
  const { numUpdatedRows } = await db
    .updateTable('bots')
    .set({
      login_client_id: login.clientId,
      login_secret_key_id: sealed.keyId,
      login_secret_ciphertext: sealed.ciphertext,
    })
    .where('shop_id', '=', shopId)
    .where('id', '=', login.botId)
    .where('telegram_id', '=', login.telegramId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes it away again: the shop's page shows no log-in with this bot any more. */
export async function removeBotLogin(db: Database, shopId: string, botId: string): Promise<void> {
  await db
    .updateTable('bots')
    .set({ login_client_id: null, login_secret_key_id: null, login_secret_ciphertext: null })
    .where('shop_id', '=', shopId)
    .where('id', '=', botId)
    .execute()
}
