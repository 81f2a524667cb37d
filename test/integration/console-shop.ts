import { API_KEY_SCOPES, type ApiKeyScope, type Database } from '@postino/database'
import { createBot, type TestBot } from './database-under-test.ts'
import { createKey } from './ingest-under-test.ts'

/** A shop with a bot and a key to the management API. */
export interface ConsoleShop {
  shopId: string
  bot: TestBot
  keyId: string
  headers: { authorization: string }
}

export async function createConsoleShop(
  db: Database,
  scopes: readonly ApiKeyScope[] = API_KEY_SCOPES,
): Promise<ConsoleShop> {
  const bot = await createBot(db)
  const { keyId, headers } = await createKey(db, bot.shopId, scopes)
  return { shopId: bot.shopId, bot, keyId, headers }
}

/** `pointer code` of each error of a problem; of a parameter of the URL its name stands in place of the pointer. */
export function errorsOf({ body }: { body: unknown }): string[] {
  const { errors = [] } = body as { errors?: { pointer: string; parameter?: string; code: string }[] }
  return errors.map(({ pointer, parameter, code }) => `${parameter ?? pointer} ${code}`)
}
