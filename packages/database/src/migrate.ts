import { Migrator } from 'kysely/migration'
import type { Database } from './create-database.ts'
import { MIGRATIONS } from './migrations/index.ts'

/** Brings the database up to date; several processes may call it at once. Returns the names of what it ran. */
export async function migrateToLatest(db: Database): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error')
    throw new Error(`migration ${failed?.migrationName ?? ''} failed`, { cause: error })
  }
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** True when every migration this code knows has run. */
export async function isMigrated(db: Database): Promise<boolean> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const migrations = await migrator.getMigrations()
  return migrations.every((migration) => migration.executedAt !== undefined)
}
