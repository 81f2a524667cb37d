import type { EventKind } from '@postino/domain'
import type { Command } from 'commander'
import { parseExternalId, parseText, parseVersion } from '../option-values.ts'
import { renderMessages } from '../render-messages.ts'
import { databaseSettings, wakeSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { sendTest } from '../templates/send-test.ts'
import { withTemplateName } from '../templates/template-name.ts'
import { withDatabase } from '../with-database.ts'

interface TestOptions {
  locale?: string
  to?: string
  at?: number
  event?: string
}

/** `template test`. */
export function addTemplateTestCommand(group: Command, { say, warn, read }: Surroundings): void {
  const settings = { ...databaseSettings, ...wakeSettings }
  withTemplateName(group.command('test'))
    .description('send a text, its draft first, to a tester of the shop, on the way every message goes')
    .option('--to <external id>', 'whose chat; left out, the shop’s only tester', parseExternalId)
    .option('--at <version>', 'as it was in this version', parseVersion)
    .option(
      '--event <file or last>',
      'an event as JSON, or the shop’s last one; left out, an example',
      parseText,
    )
    .addHelpText(
      'after',
      commandHelp('template test bottega order.status_changed shipped --locale it', settings),
    )
    .action(async (shop: string, kind: EventKind, state: string | undefined, options: TestOptions) => {
      const config = read(settings)
      const { messageId, recipient } = await withDatabase(config.databaseUrl, (database) =>
        sendTest(database, { shop, kind, state, ...options }, warn),
      )
      await renderMessages(config, [messageId], warn)
      say(
        `Message ${messageId} is on its way to ${recipient}. Next: postino explain ${messageId} --shop ${shop}`,
      )
    })
}
