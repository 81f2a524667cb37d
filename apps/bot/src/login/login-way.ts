import { findOptinLinkOffer, loginSecretContext, type OptinPageBot } from '@postino/database'
import type { Visit } from '../pages/visit.ts'
import type { LoginClient } from './login-provider.ts'
import type { LoginDependencies } from './login-dependencies.ts'

export interface LoginWay {
  bot: OptinPageBot
  client: LoginClient
}

/** The bot of an open link, and who it is at Telegram; undefined when there is no way any more. */
export async function findLoginWay(
  { page }: Visit,
  token: string,
  { database, keyring }: Pick<LoginDependencies, 'database' | 'keyring'>,
): Promise<LoginWay | undefined> {
  const link = await findOptinLinkOffer(database, page.shopId, token)
  const bot = page.bots.find(({ id }) => id === link?.botId)
  if (link?.status !== 'open' || bot === undefined || bot.login === null) return undefined
  const { clientId, secret } = bot.login
  const context = loginSecretContext(page.shopId, bot.telegramId)
  return { bot, client: { clientId, secret: keyring.open(secret, context) } }
}
