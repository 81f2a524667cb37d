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

/** Throws unless every migration this code knows has run: until then a process must not be ready. */
export async function requireMigrated(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const migrations = await migrator.getMigrations()
  const missing = migrations.find((migration) => migration.executedAt === undefined)
  if (missing !== undefined) throw new Error(`migration ${missing.name} has not run: postino migrate`)
}
