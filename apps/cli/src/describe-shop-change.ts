import type { ShopChange } from '@postino/database'

/** What a change comes to, a sentence for each part of it. */
export function describeShopChange(slug: string, change: ShopChange): string[] {
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
  return [...lines, ...describeReach(slug, change), ...describeNews(slug, change)]
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

function describeNews(slug: string, change: ShopChange): string[] {
  const lines: string[] = []
  if ('quietHours' in change) {
    const { quietHours: hours } = change
    lines.push(
      hours === undefined
        ? `${slug} has no quiet hours: everything is sent at any hour.`
        : `From ${hours.from} to ${hours.until} on the clock of whoever is told, reminders and bulk of ${slug} wait; templates can say otherwise.`,
    )
  }
  if ('managedOrderStates' in change) {
    const { managedOrderStates: states } = change
    lines.push(
      states === undefined
        ? `${slug} tells its customers every state of their orders.`
        : `${slug} tells its customers these states of their orders, and no other: ${states.join(', ')}.`,
    )
  }
  return lines
}
