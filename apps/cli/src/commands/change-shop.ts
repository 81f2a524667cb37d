import { changeShop, type ShopChange } from '@postino/database'
import type { Purpose } from '@postino/domain'
import type { Command } from 'commander'
import { parseContractPurposes, parseMaxRegistrations, parsePaidBroadcast } from '../option-values.ts'
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
}

/** `shop change`. */
export function addChangeShopCommand(group: Command, { say, input, read }: Surroundings): void {
  const command = group
    .command('change')
    .argument('<slug>', 'which shop')
    .description('change how a shop sends, and to whom')
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
          'error: nothing to change: name --sandbox, --live, --max-registrations, --contract, --paid-broadcast or --attachments',
        )
      }
      await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        changeShop(database, (await getShop(database, slug)).id, change),
      )
      describeChange(slug, change).forEach(say)
    })
}

async function readChange(
  { paidBroadcast, attachments, sandbox, live, maxRegistrations, contract }: ChangeOptions,
  input: NodeJS.ReadStream,
): Promise<ShopChange> {
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
  }
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
  return [...lines, ...describeReach(slug, change)]
}

function describeReach(slug: string, change: ShopChange): string[] {
  const { mode, contractPurposes } = change
  const lines: string[] = []
  if (mode === 'sandbox')
    lines.push(`${slug} is in the sandbox: only testers are written to. Next: postino shop tester ${slug}`)
  if (mode === 'live') lines.push(`${slug} is live: everybody is written to who agreed.`)
  if ('maxRegistrations' in change) {
    const { maxRegistrations: most } = change
    lines.push(
      most === undefined
        ? `${slug} may have any number of registrations.`
        : `${slug} may have ${most} registrations; those beyond wait for room.`,
    )
  }
  if (contractPurposes !== undefined) {
    lines.push(
      contractPurposes.length === 0
        ? `Everything ${slug} sends rests on consent.`
        : `${contractPurposes.join(', ')} of ${slug} rest on the contract: whoever has an open chat gets them until they withdraw.`,
    )
  }
  return lines
}
