import { createDatabase, migrateToLatest } from '@postino/database'
import { ensureRedisServer, startPostgres } from '@postino/embedded'
import type { TestProject } from 'vitest/node'
import { findChromium } from './chromium.ts'

/** Migrated once; every test database is a copy of it. */
export const TEMPLATE_DATABASE = 'postino_template'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's, to the database `postgres`. */
    postgresUrl: string
  }
}

/** One Postgres for the whole run of the integration tests; what else they need is there after this. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureRedisServer({ say: (line) => console.log(line) })
  // Installed here, where that is needed and possible: files that run side by side would get into each other's way.
  await findChromium()
  const postgres = await startPostgres()
  try {
    await migrate(await postgres.createDatabase(TEMPLATE_DATABASE))
  } catch (error) {
    await postgres.stop()
    throw error
  }
  project.provide('postgresUrl', postgres.url)
  return () => postgres.stop()
}

async function migrate(url: string): Promise<void> {
  const database = createDatabase({ url, poolMax: 1, applicationName: 'postino-test-template' })
  try {
    await migrateToLatest(database)
  } finally {
    await database.close()
  }
}
