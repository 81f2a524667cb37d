import { upsertBot, type Bot, type Database, type Keyring } from '@postino/database'
import { createBotApi, type TelegramTransport } from '@postino/telegram'
import { CommandFailure } from '../command-failure.ts'

/** Adds a bot once Telegram has said whose token it is; the same bot again gets its new token and is active again. */
export async function addBot(
  dependencies: { database: Database; keyring: Keyring; transport: TelegramTransport; apiRoot: string },
  shopId: string,
  token: string,
): Promise<Bot> {
  const { database, keyring, transport, apiRoot } = dependencies
  const api = createBotApi({ token, apiRoot, transport })
  const me = await api.getMe().catch((error: unknown) => {
    throw new CommandFailure(
      'Telegram does not accept this token: copy it again from @BotFather, or check TELEGRAM_API_ROOT',
      { cause: error },
    )
  })
  const bot = await upsertBot(database, shopId, {
    telegramId: me.id,
    username: me.username,
    name: me.first_name,
    token,
    keyring,
  })
  if (bot === undefined) throw new CommandFailure(`@${me.username} belongs to another shop already`)
  return bot
}
