import type { Clock } from '../clock.ts'
import { booleanParameter, integerParameter } from '../http/parameters.ts'
import { listAllowedUpdates, parseAllowedUpdates } from '../updates/allowed-updates.ts'
import { isSameTarget } from '../updates/webhook-settings.ts'
import type { Bot } from '../world/user.ts'
import { parseWebhookTarget, readWebhookUrl } from './input/webhook-target.ts'
import { done } from './method.ts'
import type { MethodAnswer, MethodCall, Methods } from './method.ts'
import { floodRefusal, RefusedError } from './refused-error.ts'

const MAX_TIMEOUT_SECONDS = 50
const MAX_OFFSET = 2 ** 31 - 1
const WEBHOOK_SPACING_MS = 1000
const WEBHOOK_IS_ACTIVE =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

/** getUpdates, setWebhook, deleteWebhook, getWebhookInfo: https://core.telegram.org/bots/api#getting-updates */
export function createUpdateMethods(dependencies: {
  clock: Clock
  /** Webhooks over http, on any port and on this machine, as the real server's local mode allows. */
  isLocal: () => boolean
  hasPenalties: () => boolean
}): Methods {
  const { clock, isLocal, hasPenalties } = dependencies
  const nextWebhookMs = new WeakMap<Bot, number>()

  function checkSpacing(bot: Bot): void {
    const nowMs = clock.nowMs()
    if (hasPenalties() && nowMs < (nextWebhookMs.get(bot) ?? 0)) throw new RefusedError(floodRefusal(1))
    nextWebhookMs.set(bot, nowMs + WEBHOOK_SPACING_MS)
  }

  function keepAllowedUpdates({ bot, parameters }: MethodCall): void {
    const allowed = parseAllowedUpdates(parameters.text('allowed_updates'))
    if (allowed !== undefined) bot.inbox.setAllowedUpdates(allowed)
  }

  function setWebhook(call: MethodCall): MethodAnswer {
    const { bot, parameters } = call
    const urlText = parameters.text('url')
    if (urlText === '') return deleteWebhook(call)
    checkSpacing(bot)
    const drops = booleanParameter(parameters, 'drop_pending_updates')
    const current = bot.inbox.webhook()?.target
    const wanted = readWebhookUrl(parameters, isLocal())
    if (current !== undefined && !drops && isSameTarget(current, wanted)) {
      keepAllowedUpdates(call)
      return done(true, 'Webhook is already set')
    }

    // The old webhook is gone before the new one is looked at, so a refused call leaves none.
    bot.inbox.abortPoll('Conflict: terminated by setWebhook request')
    bot.inbox.deleteWebhook()
    if (drops) bot.inbox.clear()
    const target = parseWebhookTarget(wanted, isLocal())
    keepAllowedUpdates(call)
    bot.inbox.setWebhook(target)
    return done(true, 'Webhook was set')
  }

  function deleteWebhook(call: MethodCall): MethodAnswer {
    const { bot, parameters } = call
    const hadWebhook = bot.inbox.webhook() !== undefined
    bot.inbox.deleteWebhook()
    if (booleanParameter(parameters, 'drop_pending_updates')) bot.inbox.clear()
    return done(true, hadWebhook ? 'Webhook was deleted' : 'Webhook is already deleted')
  }

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
    setWebhook: setWebhook,
    deleteWebhook: deleteWebhook,
    getWebhookInfo({ bot }) {
      const webhook = bot.inbox.webhook()
      return done({
        url: webhook?.target.urlText ?? '',
        has_custom_certificate: webhook?.target.certificate !== undefined,
        pending_update_count: bot.inbox.pendingCount(),
        last_error_date: webhook?.lastError?.dateSeconds,
        last_error_message: webhook?.lastError?.message,
        max_connections: webhook?.target.maxConnections,
        ip_address: webhook && (webhook.target.ipAddress || '<unknown>'),
        allowed_updates: listAllowedUpdates(bot.inbox.allowedUpdates()),
      })
    },
  }
}
