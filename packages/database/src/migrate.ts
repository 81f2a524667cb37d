import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Database } from './create-database.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { makePartitions } from './queries/retention/partitions.ts'
import { retryConflicts } from './retry-conflicts.ts'
import { fixShards } from './queries/installation/fix-shards.ts'

/**
 * Brings the database up to date; several processes may call it at once. Returns the names of what it ran. The first time it
 * fixes the number of shards, 1 if it is not given.
 *
 * @throws WrongShardsError when it is given, and another one is fixed
 */
export async function migrateToLatest(
  db: Database,
  { shards }: { shards?: number | undefined } = {},
): Promise<string[]> {
  await requireVersion(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error')
    throw new Error(`migration ${failed?.migrationName ?? ''} failed`, { cause: error })
  }
  await fixShards(db, shards)
  // Somebody may read for long, such as a backup.
  await retryConflicts(() => makePartitions(db))
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** Throws unless every migration this code knows has run: until then a process must not be ready. */
export async function requireMigrated(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const migrations = await migrator.getMigrations()
  const missing = migrations.find((migration) => migration.executedAt === undefined)
  if (missing !== undefined) throw new Error(`migration ${missing.name} has not run: postino migrate`)
}

// Our statements return what a row was before, which Postgres cannot do before 18.
const LEAST_VERSION = 18

async function requireVersion(db: Database): Promise<void> {
  const { rows } = await sql<{
    version: string
  }>`select current_setting('server_version') as version`.execute(db)
  const version = rows[0]?.version ?? ''
  if (Number.parseInt(version, 10) >= LEAST_VERSION) return
  throw new Error(`Postgres ${LEAST_VERSION} or newer is needed, this one is ${version}`)
}
