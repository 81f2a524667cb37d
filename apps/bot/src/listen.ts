import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@postino/runtime'
import { toGrammySignal } from '@postino/telegram'
import type { ShopBot } from './create-bot.ts'
import { LANGUAGES } from './texts/find-texts.ts'

/** Kinds of update the features need; Telegram leaves the others out. */
const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const
const POLL_SECONDS = 25
const PAUSE_AFTER_FAILURE_MS = 1_000
// An update that fails so often is put aside with an error in the log: the ones behind it must get their turn.
const TRIES_PER_UPDATE = 5

export interface Listening {
  stop: () => Promise<void>
}

export type Listen = (bot: ShopBot, webhook: { path: string; secret: string }) => Promise<Listening>

/** Updates come to us: for production, where Telegram reaches us over HTTPS. Any number of processes may listen. */
export function listenByWebhook(publicUrl: string): Listen {
  return async (bot, webhook) => {
    await setCommands(bot)
    await bot.api.setWebhook(`${publicUrl}/telegram/${webhook.path}`, {
      secret_token: webhook.secret,
      allowed_updates: ALLOWED_UPDATES,
    })
    return { stop: async () => undefined }
  }
}

/** We fetch the updates: for one machine without a public address. Telegram lets one process poll a bot. */
export function listenByPolling(logger: Logger): Listen {
  return async (bot) => {
    await bot.api.deleteWebhook()
    await setCommands(bot)
    const stopping = new AbortController()
    const polling = poll(bot, stopping.signal, logger)
    return {
      async stop() {
        stopping.abort()
        await polling
      },
    }
  }
}

async function poll(bot: ShopBot, signal: AbortSignal, logger: Logger): Promise<void> {
  let offset = 0
  while (!signal.aborted) {
    try {
      const updates = await bot.api.getUpdates(
        { offset, timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES },
        toGrammySignal(signal),
      )
      for (const update of updates) {
        await handleWithRetries(() => bot.handle(update), { signal, logger })
        if (signal.aborted) return
        offset = update.update_id + 1
      }
    } catch (error) {
      if (signal.aborted) return
      logger.warn({ err: error }, 'bot.poll_failed')
      await sleep(PAUSE_AFTER_FAILURE_MS)
    }
  }
}

async function handleWithRetries(
  handle: () => Promise<void>,
  { signal, logger }: { signal: AbortSignal; logger: Logger },
): Promise<void> {
  for (let tried = 1; tried <= TRIES_PER_UPDATE && !signal.aborted; tried++) {
    try {
      return await handle()
    } catch (error) {
      logger.error({ err: error, tried }, 'bot.update_failed')
      await sleep(PAUSE_AFTER_FAILURE_MS)
    }
  }
}

/** The menu beside the text field, in each language the bot speaks; English for all others. */
async function setCommands(bot: ShopBot): Promise<void> {
  for (const [language, { commands }] of Object.entries(LANGUAGES)) {
    const list = Object.entries(commands).map(([command, description]) => ({ command, description }))
    if (language === 'en') await bot.api.setMyCommands(list)
    else await bot.api.setMyCommands(list, { language_code: language === 'it' ? 'it' : 'uk' })
  }
}
