import { writeTemplate } from '@postino/template-files'
import type { TemplateVersion } from '@postino/database'
import type { Command } from 'commander'
import { parseVersion } from '../option-values.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { getVersion } from '../templates/get-version.ts'
import { getTemplate, withTemplateName, type NamedTemplate } from '../templates/template-name.ts'
import { withDatabase } from '../with-database.ts'

interface ShowOptions {
  locale?: string
  draft?: boolean
  at?: number
  json?: boolean
}

/** `template show`. */
export function addTemplateShowCommand(group: Command, { say, read }: Surroundings): void {
  withTemplateName(group.command('show'))
    .description('print a text as the file it would be')
    .option('--draft', 'what is being written, not what is in force')
    .option('--at <version>', 'as it was in this version', parseVersion)
    .option('--json', 'everything, for programs')
    .addHelpText(
      'after',
      commandHelp('template show bottega order.status_changed shipped --locale it', databaseSettings),
    )
    .action(
      async (
        shop: string,
        kind: NamedTemplate['kind'],
        state: string | undefined,
        { locale, json, at, draft: isDraft }: ShowOptions,
      ) => {
        const { called, version } = await withDatabase(
          read(databaseSettings).databaseUrl,
          async (database) => {
            const found = await getTemplate(database, { shop, kind, state, locale })
            return {
              called: found.called,
              version: await getVersion(database, found, { version: at, isDraft }),
            }
          },
        )
        if (json === true) return say(JSON.stringify(version, undefined, 2))
        say(`# ${called}, version ${version.version}, ${standingOf(version)}`)
        for (const { severity, message } of version.findings) say(`# ${severity}: ${message}`)
        say(writeTemplate(version.content).trimEnd())
      },
    )
}

function standingOf({ status, publishedAt, savedAt, retiredAt }: TemplateVersion): string {
  switch (status) {
    case 'draft':
      return `a draft of ${savedAt.toISOString()}`
    case 'published':
      return `in force since ${publishedAt?.toISOString() ?? ''}`
    case 'retired':
      return `in force until ${retiredAt?.toISOString() ?? ''}`
  }
}
