import type { ShopBot } from '../bot/create-bot.ts'
import type { PageLogin } from '../pages/routes/answer-visit.ts'
import { createAcceptLogin } from './accept-login.ts'
import { beginLogin } from './begin-login.ts'
import { finishLogin } from './finish-login.ts'
import type { LoginDependencies } from './login-dependencies.ts'
import { createLoginProvider } from './login-provider.ts'

export interface TelegramLoginOptions extends Omit<LoginDependencies, 'provider' | 'acceptLogin'> {
  /** Of Telegram's OpenID provider. */
  issuer: string
  findBot: (botId: string) => ShopBot | undefined
}

/** "Log in with Telegram" on the pages: it proves whose account it is, and so makes the ticks on the page a consent. */
export function createTelegramLogin(options: TelegramLoginOptions): PageLogin {
  const provider = createLoginProvider(options)
  const dependencies = { ...options, provider, acceptLogin: createAcceptLogin(options) }
  return {
    originOf: (bot) => (bot.login === null ? undefined : provider.origin),
    begin: (visit) => beginLogin(visit, dependencies),
    finish: (visit) => finishLogin(visit, dependencies),
  }
}
