import { migrateToLatest, WrongShardsError, type Database } from '@postino/database'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { migrateSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withEmptyDatabase } from '../with-database.ts'
import { settingsHelp } from '../settings-help.ts'

export function addMigrateCommand(program: Command, { say, read }: Surroundings): void {
  program
    .command('migrate')
    .description('bring the database up to date; harmless when it is')
    .addHelpText('after', settingsHelp(migrateSettings))
    .action(async () => {
      const { databaseUrl, shards } = read(migrateSettings)
      const ran = await withEmptyDatabase(databaseUrl, (database) => migrate(database, shards))
      say(ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`)
    })
}

/** @throws CommandFailure when SHARDS is not what the installation has */
export async function migrate(database: Database, shards: number | undefined): Promise<string[]> {
  try {
    return await migrateToLatest(database, { shards })
  } catch (error) {
    if (error instanceof WrongShardsError) throw new CommandFailure(error.message, { cause: error })
    throw error
  }
}
