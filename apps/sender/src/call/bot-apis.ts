import { tokenContext, type BegunTurn, type Keyring } from '@postino/database'
import { createBotApi, type SendingApi, type TelegramTransport } from '@postino/telegram'

// The transport's connections are shared by all bots, so an entry is small; beyond this the oldest is made anew.
const KEPT_BOTS = 20_000

export type FindBotApi = (begun: BegunTurn) => SendingApi

/**
 * The Bot API client of a bot. Its token is opened once, and again when the sealed one changes.
 *
 * @throws when the token does not open: the key it was sealed with is missing.
 */
export function createBotApis(dependencies: {
  keyring: Keyring
  transport: TelegramTransport
  apiRoot: string
  timeoutSeconds: number
}): FindBotApi {
  const { keyring, ...client } = dependencies
  const kept = new Map<string, { sealed: Buffer; api: SendingApi }>()
  return (begun) => {
    const { keyId, ciphertext } = begun.token
    const found = kept.get(begun.botId)
    if (found?.sealed.equals(ciphertext) === true) return found.api
    const token = keyring.open({ keyId, ciphertext }, tokenContext(begun.shopId, begun.telegramId))
    const api = createBotApi({ ...client, token })
    kept.set(begun.botId, { sealed: ciphertext, api })
    const [oldest] = kept.size > KEPT_BOTS ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
    return api
  }
}
