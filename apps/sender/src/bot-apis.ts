import { tokenContext, type BegunTurn, type Keyring } from '@postino/database'
import { createBotApi, type BotApi, type TelegramTransport } from '@postino/telegram'

// The transport's connections are shared by all bots, so an entry is small; beyond this the oldest is made anew.
const KEPT_BOTS = 20_000

export type FindBotApi = (begun: BegunTurn) => BotApi

/** The Bot API client of a bot. Its token is opened once and again when the sealed one changes. */
export function createBotApis(dependencies: {
  keyring: Keyring
  transport: TelegramTransport
  apiRoot: string
}): FindBotApi {
  const { keyring, transport, apiRoot } = dependencies
  const kept = new Map<string, { sealed: Buffer; api: BotApi }>()
  return (begun) => {
    const found = kept.get(begun.botId)
    if (found?.sealed.equals(begun.token.ciphertext) === true) return found.api
    const token = keyring.open(begun.token, tokenContext(begun.shopId, begun.telegramId))
    const api = createBotApi({ token, apiRoot, transport })
    const [oldest] = kept.keys()
    if (kept.size >= KEPT_BOTS && oldest !== undefined) kept.delete(oldest)
    kept.set(begun.botId, { sealed: begun.token.ciphertext, api })
    return api
  }
}
