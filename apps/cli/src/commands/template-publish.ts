import { publishDraft, rollBack, unpublish, type Template } from '@postino/database'
import type { EventKind } from '@postino/domain'
import { judgeTemplate } from '@postino/templates'
import type { Command } from 'commander'
import { parseText, parseVersion } from '../option-values.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { getTemplate, withTemplateName } from '../templates/template-name.ts'
import { unlessRefused } from '../templates/unless-refused.ts'
import { withDatabase } from '../with-database.ts'

/** Who wrote a version, as its history tells. */
const AUTHOR = 'command_line'

interface ActOptions {
  locale?: string
}

interface RollbackOptions extends ActOptions {
  to: number
  note?: string
}

/** `template publish`, `template unpublish` and `template rollback`. */
export function addTemplatePublishCommands(group: Command, surroundings: Surroundings): void {
  addPublishCommand(group, surroundings)
  addUnpublishCommand(group, surroundings)
  addRollbackCommand(group, surroundings)
}

function addPublishCommand(group: Command, { say, warn, read }: Surroundings): void {
  withTemplateName(group.command('publish'))
    .description('put the draft of a text in force, at once; refused when it has errors')
    .addHelpText(
      'after',
      commandHelp('template publish bottega cart.abandoned --locale it', databaseSettings),
    )
    .action(async (shop: string, kind: EventKind, state: string | undefined, { locale }: ActOptions) => {
      await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { shopId, template, called } = await getTemplate(database, { shop, kind, state, locale })
        unlessRefused(await publishDraft(database, shopId, asSeen(template), judgeTemplate), { called, warn })
        say(`${called} is in force now. The way back: postino template rollback`)
      })
    })
}

function addUnpublishCommand(group: Command, { say, warn, read }: Surroundings): void {
  withTemplateName(group.command('unpublish'))
    .description('take a text out of force: nothing is sent in its words any more; its versions stay')
    .addHelpText(
      'after',
      commandHelp('template unpublish bottega cart.abandoned --locale it', databaseSettings),
    )
    .action(async (shop: string, kind: EventKind, state: string | undefined, { locale }: ActOptions) => {
      await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { shopId, template, called } = await getTemplate(database, { shop, kind, state, locale })
        unlessRefused(await unpublish(database, shopId, asSeen(template)), { called, warn })
        say(`${called} is out of force. The way back: postino template rollback`)
      })
    })
}

function addRollbackCommand(group: Command, { say, warn, read }: Surroundings): void {
  withTemplateName(group.command('rollback'))
    .description('put an earlier version in force again, as a version of its own')
    .requiredOption('--to <version>', 'which, as postino template history has it', parseVersion)
    .option('--note <text>', 'why, for other authors', parseText)
    .addHelpText(
      'after',
      commandHelp('template rollback bottega cart.abandoned --locale it --to 3', databaseSettings),
    )
    .action(async (shop: string, kind: EventKind, state: string | undefined, options: RollbackOptions) => {
      const { locale, to: version, note } = options
      await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
        const { shopId, template, called } = await getTemplate(database, { shop, kind, state, locale })
        const wanted = { ...asSeen(template), version, note, author: AUTHOR }
        unlessRefused(await rollBack(database, shopId, wanted, judgeTemplate), { called, warn })
        say(`${called} says again what it said in version ${version}.`)
      })
    })
}

function asSeen({ id, revision }: Template) {
  return { template: { id }, seenRevision: revision }
}
