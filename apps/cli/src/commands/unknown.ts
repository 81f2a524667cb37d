import { dropHeldMessage, listHeldMessages, resendHeldMessage } from '@postino/database'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { formatTable } from '../format-table.ts'
import { parseMessageId } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings, wakeSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { wakeBots } from '../wake-bots.ts'
import { withDatabase } from '../with-database.ts'
import { getShop } from '../get-shop.ts'

const LISTED = 100

interface UnknownOptions {
  shop: string
}

/** What was sent and got no answer, and waits for a person because its template says `"on_unknown": "hold"`. */
export function addUnknownCommands(program: Command, { say, warn, read }: Surroundings): void {
  const group = program
    .command('unknown')
    .description('decide about messages of which nobody knows whether they arrived')

  group
    .command('list')
    .description(`list those that wait for a decision, the oldest ${LISTED}`)
    .requiredOption('--shop <slug>', 'whose messages')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (options: UnknownOptions) => {
      const held = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        listHeldMessages(database, (await getShop(database, options.shop)).id, { limit: LISTED }),
      )
      if (held.length === 0) warn('No message waits for a decision.')
      const rows = held.map(({ id, claimedAt, kind, eventId, recipient, reason }) => {
        return [id, claimedAt.toISOString(), kind, eventId, recipient, reason ?? '']
      })
      formatTable(rows).forEach(say)
    })

  group
    .command('resend')
    .argument('<message>', 'its number', parseMessageId)
    .description('send it once more, at the risk that it arrives twice')
    .requiredOption('--shop <slug>', 'whose message it is')
    .addHelpText('after', settingsHelp({ ...databaseSettings, ...wakeSettings }))
    .action(async (messageId: string, options: UnknownOptions) => {
      const config = read({ ...databaseSettings, ...wakeSettings })
      const turn = await withDatabase(config.databaseUrl, async (database) => {
        const { id: shopId } = await getShop(database, options.shop)
        const resent = await resendHeldMessage(database, shopId, messageId)
        return resent && { shopId, botId: resent.botId }
      })
      if (turn === undefined) throw notHeld(messageId, options)
      await wakeBots(config, [turn], warn)
      say(`Message ${messageId} is sent once more. Next: postino explain ${messageId} --shop ${options.shop}`)
    })

  group
    .command('drop')
    .argument('<message>', 'its number', parseMessageId)
    .description('leave it as it is: it stays unknown, and is sent no more')
    .requiredOption('--shop <slug>', 'whose message it is')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (messageId: string, options: UnknownOptions) => {
      const isDropped = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        dropHeldMessage(database, (await getShop(database, options.shop)).id, messageId),
      )
      if (!isDropped) throw notHeld(messageId, options)
      say(`Message ${messageId} is sent no more.`)
    })
}

function notHeld(messageId: string, { shop }: UnknownOptions): CommandFailure {
  return new CommandFailure(
    `no message ${messageId} of ${shop} waits for a decision: see postino unknown list --shop ${shop}`,
  )
}
