import type { Database, Keyring } from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { AcceptLogin } from './accept-login.ts'
import type { LoginProvider } from './login-provider.ts'

/** What the steps of a log-in are made with. */
export interface LoginDependencies {
  database: Database
  keyring: Keyring
  /** Milliseconds since 1970. */
  nowMs: () => number
  logger: Logger
  provider: LoginProvider
  acceptLogin: AcceptLogin
}
