import {
  createDatabase,
  createKeyring,
  parseSecretKeys,
  pingDatabase,
  requireMigrated,
  type Database,
  type Keyring,
} from '@postino/database'
import { createTelegramTransport, type TelegramTransport } from '@postino/telegram'
import { CommandFailure } from './failures/command-failure.ts'
import { databaseLost, databaseRefusal, databaseUnreachable } from './failures/database-failure.ts'

/** Runs a command on a migrated database, and closes it afterwards. @throws CommandFailure when it is not there, or not migrated */
export async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  return await withEmptyDatabase(url, async (database) => {
    await requireMigrated(database).catch((error: unknown) => {
      throw (
        databaseRefusal(error) ?? new CommandFailure('the database is not up to date: run postino migrate')
      )
    })
    return await work(database)
  })
}

/** The same for a database that need not be migrated yet. */
export async function withEmptyDatabase<T>(
  url: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = createDatabase({ url, poolMax: 2, applicationName: 'postino-cli' })
  try {
    await pingDatabase(database).catch((error: unknown) => {
      throw databaseUnreachable(error, url)
    })
    return await work(database)
  } catch (error) {
    throw databaseRefusal(error) ?? databaseLost(error) ?? error
  } finally {
    await database.close()
  }
}

/** The Bot API, and the keys that seal tokens. */
export interface TelegramAccess {
  keyring: Keyring
  transport: TelegramTransport
  apiRoot: string
}

/** Runs a command that opens or seals tokens and asks Telegram. */
export async function withTelegram<T>(
  config: { telegramApiRoot: string; secretKeys: string },
  work: (access: TelegramAccess) => Promise<T>,
): Promise<T> {
  const apiRoot = config.telegramApiRoot
  const keyring = createKeyring(parseSecretKeys(config.secretKeys))
  const transport = createTelegramTransport({ apiRoot, connections: 8 })
  try {
    return await work({ keyring, transport, apiRoot })
  } finally {
    await transport.close()
  }
}
