import { migrateToLatest } from '@postino/database'
import type { Command } from 'commander'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withEmptyDatabase } from '../with-database.ts'
import { settingsHelp } from '../settings-help.ts'

export function addMigrateCommand(program: Command, { say, read }: Surroundings): void {
  program
    .command('migrate')
    .description('bring the database up to date; harmless when it is')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async () => {
      const ran = await withEmptyDatabase(read(databaseSettings).databaseUrl, migrateToLatest)
      say(ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`)
    })
}
