import { changeShop, type ShopChange } from '@postino/database'
import type { Command } from 'commander'
import { parsePaidBroadcast } from '../option-values.ts'
import { readAttachmentPolicy } from '../read-attachment-policy.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { getShop } from '../get-shop.ts'

interface ChangeOptions {
  paidBroadcast?: number | 'off'
  attachments?: string
}

/** `shop change`. */
export function addChangeShopCommand(group: Command, { say, input, read }: Surroundings): void {
  const command = group
    .command('change')
    .argument('<slug>', 'which shop')
    .description('change how a shop sends')
    .option(
      '--paid-broadcast <messages per second>',
      '31 to 1000, or off; Telegram bills Stars for what exceeds 30 a second',
      parsePaidBroadcast,
    )
    .option(
      '--attachments <file>',
      'JSON, {"pdf":5242880}: from how many bytes on a file of an ending goes as a link; or default',
    )
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (slug: string, options: ChangeOptions) => {
      if (options.paidBroadcast === undefined && options.attachments === undefined) {
        command.error('error: nothing to change: name --paid-broadcast or --attachments')
      }
      const change: ShopChange = {
        ...(options.paidBroadcast !== undefined && {
          paidMessagesPerSecond: options.paidBroadcast === 'off' ? undefined : options.paidBroadcast,
        }),
        ...(options.attachments !== undefined && {
          attachmentPolicy: await readAttachmentPolicy(options.attachments, input),
        }),
      }
      await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        changeShop(database, (await getShop(database, slug)).id, change),
      )
      describeChange(slug, change).forEach(say)
    })
}

function describeChange(slug: string, change: ShopChange): string[] {
  const lines: string[] = []
  if ('paidMessagesPerSecond' in change) {
    const { paidMessagesPerSecond: perSecond } = change
    lines.push(
      perSecond === undefined
        ? `The bots of ${slug} send up to 30 messages a second, for free.`
        : `The bots of ${slug} send up to ${perSecond} messages a second. Telegram bills 0.1 Star for each above 30 a second, ` +
            'and wants 10,000 Stars and 10,000 monthly users of the bot, and paid broadcast switched on in @BotFather.',
    )
  }
  if ('attachmentPolicy' in change) {
    const { attachmentPolicy: policy } = change
    lines.push(
      policy === undefined
        ? `Files of ${slug} go as Postino has it by default.`
        : `Files of ${slug} with these endings go with the message: ${Object.keys(policy).join(', ') || 'none'}.`,
    )
  }
  return lines
}
