import { createGate } from './create-gate.ts'
import { insist } from './insist.ts'
import { ALLOWED_UPDATES, type Listen } from './listening.ts'
import { setCommands } from './set-commands.ts'

// A restart with thousands of bots must not look like an attack.
const SET_UP_AT_ONCE = 20

/**
 * Updates come to us: for production, where Telegram reaches us over HTTPS. Any number of processes may listen. The bot is
 * served from the start, as its webhook may be set since the last time; this makes sure that it is.
 */
export function listenByWebhook(publicUrl: string): Listen {
  const gate = createGate(SET_UP_AT_ONCE)
  return async (bot) => {
    const { api, webhook } = bot
    const url = `${publicUrl.replace(/\/$/, '')}/telegram/${webhook.path}`
    const options = { secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES }
    const isSet = await insist(bot, (signal) => gate(() => api.setWebhook(url, options, signal)))
    if (!isSet) return
    bot.logger.info({}, 'bot.listening')
    await insist(bot, (signal) => gate(() => setCommands(api, signal)))
  }
}
