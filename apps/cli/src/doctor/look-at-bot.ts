import { tokenContext } from '@postino/database'
import { createBotApi } from '@postino/telegram'
import { CommandFailure } from '../failures/command-failure.ts'
import { askTelegram } from '../failures/telegram-failure.ts'
import type { TelegramAccess } from '../with-database.ts'
import { describeWebhook } from './describe-webhook.ts'
import type { KnownBot } from './list-bots.ts'

const TIMEOUT_SECONDS = 10

/** Asks Telegram whose token it is and whether updates reach us. @throws CommandFailure with the way to mend it */
export async function lookAtBot(
  { shop, bot, token: sealed }: KnownBot,
  { keyring, transport, apiRoot }: TelegramAccess,
  publicUrl: string | undefined,
): Promise<string> {
  const renew = `postino bot add --shop ${shop}`
  switch (bot.status) {
    case 'paused':
    case 'archived':
      return bot.status
    case 'broken':
      throw new CommandFailure(
        `parked (${bot.brokenReason ?? 'no reason kept'}): ${renew}, with its new token`,
      )
    case 'active':
  }
  // Parked in this moment.
  if (sealed === undefined) return 'not active any more'
  const token = keyring.open(sealed, tokenContext(bot.shopId, bot.telegramId))
  const api = createBotApi({ token, apiRoot, transport, timeoutSeconds: TIMEOUT_SECONDS })
  const me = await askTelegram(apiRoot, api.getMe())
  if (me.username !== bot.username) {
    throw new CommandFailure(`it is called @${me.username} now, and links still name the old one: ${renew}`)
  }
  return `token good, ${describeWebhook(await askTelegram(apiRoot, api.getWebhookInfo()), publicUrl)}`
}
