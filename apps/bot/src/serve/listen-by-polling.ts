import { setTimeout as sleep } from 'node:timers/promises'
import { toGrammySignal } from '@postino/telegram'
import type { BotMetrics } from '../metrics.ts'
import { insist, outlast } from './insist.ts'
import { ALLOWED_UPDATES, type Listen, type ListeningBot } from './listening.ts'
import { readUpdate } from './read-update.ts'
import { setCommands } from './set-commands.ts'

const POLL_SECONDS = 25
const PAUSE_MS = 500
// An update that fails so often while the database is well is put aside: the ones behind it must get their turn.
const TRIES_PER_UPDATE = 5

export interface PollingDependencies {
  /** Rejects while the database is away. */
  pingDatabase: () => Promise<void>
  metrics: BotMetrics
}

/** We fetch the updates: for one machine without a public address. Telegram lets one process poll a bot. */
export function listenByPolling(dependencies: PollingDependencies): Listen {
  return async (bot) => {
    if (!(await insist(bot, (signal) => bot.api.deleteWebhook({}, signal)))) return
    bot.logger.info({}, 'bot.listening')
    await Promise.all([insist(bot, (signal) => setCommands(bot.api, signal)), poll(bot, dependencies)])
  }
}

/** Telegram forgets an update when we ask for those behind it: only then must it be dealt with. */
async function poll(bot: ListeningBot, dependencies: PollingDependencies): Promise<void> {
  const { api, signal } = bot
  const options = { timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES }
  let offset = 0
  for (let failures = 0; !signal.aborted;) {
    try {
      const updates = await api.getUpdates({ ...options, offset }, toGrammySignal(signal))
      failures = 0
      for (const update of updates) {
        if (signal.aborted) return
        if (await dealWith(update, bot, dependencies)) offset = update.update_id + 1
      }
    } catch (error) {
      failures += 1
      if (!(await outlast(bot, error, failures))) return
    }
  }
}

/** False when it was neither handled nor put aside. */
async function dealWith(value: unknown, bot: ListeningBot, dependencies: PollingDependencies) {
  const { metrics, pingDatabase } = dependencies
  const read = readUpdate(value)
  if (read.status !== 'read') {
    metrics.updateTaken('unreadable')
    bot.logger.warn(read, 'bot.update_unreadable')
    return true
  }
  for (let failures = 0; !bot.signal.aborted;) {
    try {
      await bot.handle(read.update)
      return true
    } catch (error) {
      metrics.updateTaken('failed')
      // No update is given up for a database that is away.
      const isItsFault = await pingDatabase().then(
        () => true,
        () => false,
      )
      if (isItsFault) failures += 1
      const isPutAside = failures === TRIES_PER_UPDATE
      const fields = { err: error, update: read.update.update_id, failures, isPutAside }
      bot.logger.error(fields, 'bot.update_failed')
      if (isPutAside) return true
      // Aborted when the bot is no longer served: that is how the wait ends early.
      await sleep(PAUSE_MS, undefined, { signal: bot.signal }).catch(() => undefined)
    }
  }
  return false
}
