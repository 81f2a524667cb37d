import {
  createDatabase,
  createKeyring,
  parseSecretKeys,
  type Database,
  type Keyring,
} from '@postino/database'
import { readEnvironment } from '@postino/runtime'
import { createTelegramTransport, type TelegramTransport } from '@postino/telegram'
import { databaseSettings, telegramSettings } from './settings.ts'

/** Runs a command with the database that DATABASE_URL names, and closes it afterwards. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return await withDatabaseAt(readEnvironment(databaseSettings).databaseUrl, work)
}

export async function withDatabaseAt<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = createDatabase({ url, poolMax: 2, applicationName: 'postino-cli' })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

export interface TelegramAccess {
  database: Database
  keyring: Keyring
  transport: TelegramTransport
  apiRoot: string
}

/** Runs a command that also opens or seals tokens and asks Telegram. */
export async function withTelegram<T>(work: (access: TelegramAccess) => Promise<T>): Promise<T> {
  const { databaseUrl, telegramApiRoot: apiRoot, secretKeys } = readEnvironment(telegramSettings)
  return await withTelegramAt({ databaseUrl, apiRoot, secretKeys }, work)
}

export async function withTelegramAt<T>(
  config: { databaseUrl: string; apiRoot: string; secretKeys: string },
  work: (access: TelegramAccess) => Promise<T>,
): Promise<T> {
  const { apiRoot } = config
  const keyring = createKeyring(parseSecretKeys(config.secretKeys))
  const transport = createTelegramTransport({ apiRoot, connections: 4 })
  try {
    return await withDatabaseAt(config.databaseUrl, (database) =>
      work({ database, keyring, transport, apiRoot }),
    )
  } finally {
    await transport.close()
  }
}
