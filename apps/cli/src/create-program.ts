import { scrub, VERSION } from '@postino/runtime'
import { Command } from 'commander'
import { addBotCommands } from './commands/bot.ts'
import { addConsentCommands } from './commands/consent.ts'
import { addContactCommands } from './commands/contact.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addGroupCommands } from './commands/group.ts'
import { addKeyCommands } from './commands/key.ts'
import { addMigrateCommand } from './commands/migrate.ts'
import { addOptinLinkCommand } from './commands/optin-link.ts'
import { addRegistrationCommands } from './commands/registration.ts'
import { addSendCommand } from './commands/send.ts'
import { addShopCommands } from './commands/shop.ts'
import { addTemplateCommands } from './commands/template.ts'
import { addUnknownCommands } from './commands/unknown.ts'
import { addUpCommand } from './commands/up.ts'
import { createReadSettings, type Surroundings } from './surroundings.ts'

type AddCommands = (program: Command, surroundings: Surroundings) => void

const GROUPS: readonly [heading: string, commands: readonly AddCommands[]][] = [
  ['Everything on this machine:', [addUpCommand, addDemoCommand]],
  ['An installation:', [addMigrateCommand, addDoctorCommand]],
  ['A shop:', [addShopCommands, addKeyCommands, addBotCommands]],
  ['Its texts:', [addTemplateCommands]],
  ['Its people:', [addContactCommands, addRegistrationCommands, addGroupCommands, addOptinLinkCommand]],
  ['Their consent:', [addConsentCommands]],
  ['Its events:', [addSendCommand, addExplainCommand, addUnknownCommands]],
]

/** Every command of `postino`; each does one thing and says what it did. */
export function createProgram(terminal: Pick<Surroundings, 'say' | 'warn' | 'input'>): Command {
  const program = new Command('postino')
    .description('Tells a shop’s customers on Telegram what happens to their orders.')
    .version(VERSION)
    .option('--local <folder>', 'work with what postino up runs in this data folder, such as .postino')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.say(text.trimEnd()),
      writeErr: (text) => terminal.warn(text.trimEnd()),
      outputError: (text, write) => write(scrub(text).replace(/^error: /, 'postino: ')),
    })
  const read = createReadSettings(() => program.opts<{ local?: string }>().local)
  for (const [heading, commands] of GROUPS) {
    program.commandsGroup(heading)
    for (const add of commands) add(program, { ...terminal, read })
  }
  return program
}
