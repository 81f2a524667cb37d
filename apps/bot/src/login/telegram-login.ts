import type { Database, Keyring } from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { ShopBot } from '../bot/create-bot.ts'
import type { PageLogin } from '../pages/routes/answer-visit.ts'
import { createAcceptLogin, type AcceptLogin } from './accept-login.ts'
import { beginLogin } from './begin-login.ts'
import { finishLogin } from './finish-login.ts'
import { createLoginProvider, type LoginProvider } from './login-provider.ts'

export interface TelegramLoginOptions {
  /** Of Telegram's OpenID provider. */
  issuer: string
  database: Database
  keyring: Keyring
  findBot: (botId: string) => ShopBot | undefined
  /** Milliseconds since 1970. */
  nowMs: () => number
  logger: Logger
}

export interface LoginDependencies extends Pick<
  TelegramLoginOptions,
  'database' | 'keyring' | 'nowMs' | 'logger'
> {
  provider: LoginProvider
  acceptLogin: AcceptLogin
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
