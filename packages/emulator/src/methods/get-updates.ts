import { integerParameter } from '../http/parameters.ts'
import { keepAllowedUpdates } from './input/keep-allowed-updates.ts'
import type { Methods } from './method.ts'

const MAX_TIMEOUT_SECONDS = 50
const MAX_OFFSET = 2 ** 31 - 1
const WEBHOOK_IS_ACTIVE =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

/** https://core.telegram.org/bots/api#getupdates */
export function createGetUpdates(): Methods {
  return {
    getUpdates(call) {
      const { bot, parameters, signal } = call
      if (bot.inbox.webhook() !== undefined) return bot.inbox.conflict(WEBHOOK_IS_ACTIVE)
      keepAllowedUpdates(call)
      return bot.inbox.poll({
        offset: integerParameter(parameters, 'offset', { absent: 0, min: -MAX_OFFSET, max: MAX_OFFSET }),
        limit: integerParameter(parameters, 'limit', { absent: 100, min: 1, max: 100 }),
        timeoutSeconds: integerParameter(parameters, 'timeout', {
          absent: 0,
          min: 0,
          max: MAX_TIMEOUT_SECONDS,
        }),
        signal,
      })
    },
  }
}
