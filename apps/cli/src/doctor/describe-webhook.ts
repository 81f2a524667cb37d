import { CommandFailure } from '../failures/command-failure.ts'

/** https://core.telegram.org/bots/api#webhookinfo, the part that is looked at. */
interface WebhookInfo {
  url?: string
  pending_update_count: number
  last_error_date?: number
  last_error_message?: string
}

/** How updates reach us. @throws CommandFailure when they do not */
export function describeWebhook(webhook: WebhookInfo, publicUrl: string | undefined): string {
  const waiting = `${webhook.pending_update_count} waiting`
  if (webhook.url === undefined || webhook.url === '') {
    if (publicUrl === undefined) return `updates are polled, ${waiting}`
    throw new CommandFailure(
      `it has no webhook though BOT_PUBLIC_URL is set: the app bot sets it; does that run with the same BOT_PUBLIC_URL?`,
    )
  }
  const origin = URL.parse(webhook.url)?.origin ?? 'an address that is no URL'
  if (publicUrl !== undefined && !webhook.url.startsWith(publicUrl)) {
    throw new CommandFailure(
      `its webhook is at ${origin}, not at BOT_PUBLIC_URL: does another installation use it?`,
    )
  }
  const { last_error_message: error, last_error_date: atSeconds = 0 } = webhook
  const lastError =
    error === undefined ? '' : `the last error ${new Date(atSeconds * 1_000).toISOString()}: ${error}`
  // Telegram tells of the last error for ever; while nothing waits it is over.
  if (lastError !== '' && webhook.pending_update_count > 0) {
    throw new CommandFailure(
      `its updates do not arrive, ${waiting} (${lastError}): Telegram has to reach ${origin} and the app bot behind it`,
    )
  }
  return `updates by webhook to ${origin}, ${waiting}${lastError === '' ? '' : ` (over: ${lastError})`}`
}
