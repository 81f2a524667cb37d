import type { Clock } from '../clock.ts'
import { booleanParameter } from '../http/parameters.ts'
import type { Settings } from '../settings.ts'
import { listAllowedUpdates } from '../updates/allowed-updates.ts'
import { isSameTarget } from '../updates/webhook-settings.ts'
import type { Bot } from '../world/user.ts'
import { keepAllowedUpdates } from './input/keep-allowed-updates.ts'
import { parseWebhookTarget, readWantedWebhook } from './input/webhook-target.ts'
import { done } from './method.ts'
import type { MethodAnswer, MethodCall, Methods } from './method.ts'
import { floodRefusal, RefusedError } from './refused-error.ts'

const SPACING_MS = 1000

/** setWebhook, deleteWebhook, getWebhookInfo: https://core.telegram.org/bots/api#setwebhook */
export function createWebhookMethods(dependencies: { clock: Clock; settings: () => Settings }): Methods {
  const { clock, settings } = dependencies
  const nextAllowedMs = new WeakMap<Bot, number>()

  function checkSpacing(bot: Bot): void {
    const nowMs = clock.nowMs()
    const isTooSoon = nowMs < (nextAllowedMs.get(bot) ?? 0)
    if (isTooSoon && settings().penalties) throw new RefusedError(floodRefusal(1))
    nextAllowedMs.set(bot, nowMs + SPACING_MS)
  }

  function setWebhook(call: MethodCall): MethodAnswer {
    const { bot, parameters } = call
    if (parameters.text('url') === '') return deleteWebhook(call)
    checkSpacing(bot)
    const isLocal = settings().localWebhooks
    const drops = booleanParameter(parameters, 'drop_pending_updates')
    const current = bot.inbox.webhook()?.target
    const wanted = readWantedWebhook(parameters, isLocal)
    if (current !== undefined && !drops && isSameTarget(current, wanted)) {
      keepAllowedUpdates(call)
      return done(true, 'Webhook is already set')
    }

    // The old webhook is gone before the new one is looked at, so a refused call leaves none.
    bot.inbox.abortPoll('Conflict: terminated by setWebhook request')
    bot.inbox.deleteWebhook()
    if (drops) bot.inbox.clear()
    const target = parseWebhookTarget(wanted, isLocal)
    keepAllowedUpdates(call)
    bot.inbox.setWebhook(target)
    return done(true, 'Webhook was set')
  }

  function deleteWebhook({ bot, parameters }: MethodCall): MethodAnswer {
    const hadWebhook = bot.inbox.webhook() !== undefined
    bot.inbox.deleteWebhook()
    if (booleanParameter(parameters, 'drop_pending_updates')) bot.inbox.clear()
    return done(true, hadWebhook ? 'Webhook was deleted' : 'Webhook is already deleted')
  }

  return {
    setWebhook,
    deleteWebhook,
    getWebhookInfo: ({ bot }) => done(webhookInfo(bot)),
  }
}

function webhookInfo({ inbox }: Bot): Record<string, unknown> {
  const webhook = inbox.webhook()
  return {
    url: webhook?.target.urlText ?? '',
    has_custom_certificate: webhook?.target.certificate !== undefined,
    pending_update_count: inbox.pendingCount(),
    last_error_date: webhook?.lastError?.dateSeconds,
    last_error_message: webhook?.lastError?.message,
    max_connections: webhook?.target.maxConnections,
    ip_address: webhook && (webhook.target.ipAddress || '<unknown>'),
    allowed_updates: listAllowedUpdates(inbox.allowedUpdates()),
  }
}
