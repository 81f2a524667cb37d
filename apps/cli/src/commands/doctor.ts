import type { Command } from 'commander'
import { createChecklist } from '../doctor/checklist.ts'
import { examine } from '../doctor/examine.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { settingsHelp } from '../settings-help.ts'
import { publicUrlSettings, redisSettings, telegramSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'

export function addDoctorCommand(program: Command, { say, read }: Surroundings): void {
  program
    .command('doctor')
    .description('check settings, Postgres, Redis, bots and webhooks, and say how to mend what is wrong')
    .option('--shop <slug>', 'look at the bots of this shop only')
    .addHelpText('after', settingsHelp({ ...telegramSettings, ...redisSettings, ...publicUrlSettings }))
    .action(async (options: { shop?: string }) => {
      const checklist = createChecklist(say)
      await examine(checklist, read, options)
      const wrong = checklist.wrongCount()
      if (wrong > 0)
        throw new CommandFailure(`${wrong === 1 ? 'one thing is' : `${wrong} things are`} wrong, see above`)
      say('All is well.')
    })
}
