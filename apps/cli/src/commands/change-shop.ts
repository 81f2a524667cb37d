import { changeShop, type ShopChange } from '@postino/database'
import type { Purpose, QuietHours } from '@postino/domain'
import type { Command } from 'commander'
import { describeShopChange } from '../describe-shop-change.ts'
import {
  parseContractPurposes,
  parseMaxRegistrations,
  parseOrderStates,
  parsePaidBroadcast,
  parseQuietHours,
} from '../option-values.ts'
import { readAttachmentPolicy } from '../read-attachment-policy.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { getShop } from '../get-shop.ts'

interface ChangeOptions {
  paidBroadcast?: number | 'off'
  attachments?: string
  sandbox?: true
  live?: true
  maxRegistrations?: number | 'none'
  contract?: readonly Purpose[]
  quietHours?: QuietHours | 'none'
  orderStates?: readonly string[] | 'all'
}

/** `shop change`. */
export function addChangeShopCommand(group: Command, { say, input, read }: Surroundings): void {
  const command = group
    .command('change')
    .argument('<slug>', 'which shop')
    .description('change how a shop sends, when, of what and to whom')
    .option('--sandbox', 'write to nobody but testers: postino shop tester makes one')
    .option('--live', 'end the sandbox')
    .option(
      '--max-registrations <count>',
      'so many chats are served, those beyond wait for room; or none',
      parseMaxRegistrations,
    )
    .option(
      '--contract <purposes>',
      'what rests on the contract with the customer instead of on consent, such as order_updates; or none; marketing never',
      parseContractPurposes,
    )
    .option(
      '--quiet-hours <hours>',
      'in which reminders and bulk wait, on the clock of whoever is told, such as 21:00-08:00; or none',
      parseQuietHours,
    )
    .option(
      '--order-states <states>',
      'the order states customers are told, such as paid,shipped; or all',
      parseOrderStates,
    )
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
      if (options.sandbox === true && options.live === true)
        command.error('error: --sandbox and --live at once: take one of them')
      const change = await readChange(options, input)
      if (Object.keys(change).length === 0) {
        command.error(
          'error: nothing to change: name --sandbox, --live, --max-registrations, --contract, --quiet-hours, --order-states, --paid-broadcast or --attachments',
        )
      }
      await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        changeShop(database, (await getShop(database, slug)).id, change),
      )
      describeShopChange(slug, change).forEach(say)
    })
}

async function readChange(options: ChangeOptions, input: NodeJS.ReadStream): Promise<ShopChange> {
  const { paidBroadcast, attachments, sandbox, live, maxRegistrations, contract, quietHours, orderStates } =
    options
  return {
    ...(paidBroadcast !== undefined && {
      paidMessagesPerSecond: paidBroadcast === 'off' ? undefined : paidBroadcast,
    }),
    ...(attachments !== undefined && { attachmentPolicy: await readAttachmentPolicy(attachments, input) }),
    ...(sandbox === true && { mode: 'sandbox' }),
    ...(live === true && { mode: 'live' }),
    ...(maxRegistrations !== undefined && {
      maxRegistrations: maxRegistrations === 'none' ? undefined : maxRegistrations,
    }),
    ...(contract !== undefined && { contractPurposes: contract }),
    ...(quietHours !== undefined && { quietHours: quietHours === 'none' ? undefined : quietHours }),
    ...(orderStates !== undefined && {
      managedOrderStates: orderStates === 'all' ? undefined : orderStates,
    }),
  }
}
