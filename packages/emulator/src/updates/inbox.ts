import type { Clock } from '../clock.ts'
import { toAsciiJson } from '../http/ascii-json.ts'
import type { MethodAnswer } from '../methods/method.ts'
import type { Random } from '../random.ts'
import { randomInteger } from '../random.ts'
import { DEFAULT_UPDATES } from './allowed-updates.ts'
import type { UpdateType } from './allowed-updates.ts'
import { createLongPoll } from './long-poll.ts'
import type { PollRequest } from './long-poll.ts'
import { createPollManners } from './poll-manners.ts'
import { createUpdateQueue } from './update-queue.ts'
import type { NewUpdate, Update } from './update-queue.ts'
import { createWebhook } from './webhook.ts'
import type { Webhook, WebhookError } from './webhook.ts'
import type { WebhookTarget } from './webhook-settings.ts'

/** Everything on its way to one bot: the queue, and the long poll or webhook that empties it. */
export interface Inbox {
  /** Drops the update when the bot did not ask for its type. */
  add(update: { type: UpdateType; payload: unknown; lane: string; lifetimeMs: number }): void
  /** Puts any update in as it is: duplicates, old numbers, unknown types. Answers its number. */
  addForeign(update: Record<string, unknown>, id: number | undefined): number | undefined
  poll(request: PollRequest): Promise<MethodAnswer>
  conflict(description: string): Promise<MethodAnswer>
  abortPoll(description: string): void
  /** Ends the waiting call and the webhook; nothing more is delivered. */
  close(answer: MethodAnswer): void
  setWebhook(target: WebhookTarget): void
  deleteWebhook(): void
  webhook(): { target: WebhookTarget; lastError: WebhookError | undefined } | undefined
  setAllowedUpdates(types: ReadonlySet<UpdateType>): void
  allowedUpdates(): ReadonlySet<UpdateType>
  pendingCount(): number
  contents(): InboxContents
  /** Takes in what another run left; nothing is delivered before a call or a webhook asks for it. */
  restore(contents: InboxContents): void
  clear(): void
}

/** What of an inbox outlives a run, beside its webhook. */
export interface InboxContents {
  readonly nextId: number
  readonly updates: readonly Update[]
}

export interface InboxDependencies {
  readonly clock: Clock
  readonly random: Random
  readonly hasPenalties: () => boolean
  readonly retryTimeScale: () => number
  readonly onWebhookReply: (reply: { body: Buffer; contentType: string }) => void
}

const DAY_MS = 24 * 60 * 60 * 1000

export function createInbox(dependencies: InboxDependencies): Inbox {
  const { clock, random } = dependencies
  const queue = createUpdateQueue(clock, randomInteger(random, 100_000_000, 999_999_999))
  const manners = createPollManners(clock, dependencies.hasPenalties)
  const longPoll = createLongPoll({ clock, queue, manners })
  let allowed = DEFAULT_UPDATES
  let webhook: Webhook | undefined

  function push(update: NewUpdate): number | undefined {
    const pushed = queue.push(update)
    if (pushed === undefined) return undefined
    if (webhook === undefined) longPoll.wake()
    else webhook.add(pushed)
    return pushed.id
  }

  function deleteWebhook(): void {
    webhook?.close()
    webhook = undefined
  }

  return {
    add({ type, payload, lane, lifetimeMs }) {
      if (!allowed.has(type)) return
      push({ field: `"${type}":${toAsciiJson(payload)}`, lane, expiresAtMs: clock.nowMs() + lifetimeMs })
    },
    addForeign(update, id) {
      const fields = Object.entries(update).filter(([name]) => name !== 'update_id')
      const field = fields.map(([name, value]) => `${toAsciiJson(name)}:${toAsciiJson(value)}`).join(',')
      return push({ field, lane: 'foreign', expiresAtMs: clock.nowMs() + DAY_MS, id })
    },
    poll: (request) => longPoll.poll(request),
    conflict: (description) => manners.conflict(description),
    abortPoll: (description) => longPoll.abort(description),
    setWebhook(target) {
      deleteWebhook()
      webhook = createWebhook(target, {
        clock,
        random,
        queue,
        timeScale: dependencies.retryTimeScale,
        onReply: dependencies.onWebhookReply,
        onGone: deleteWebhook,
      })
    },
    deleteWebhook,
    webhook: () => webhook && { target: webhook.target, lastError: webhook.lastError() },
    setAllowedUpdates: (types) => void (allowed = types),
    allowedUpdates: () => allowed,
    pendingCount: () => queue.pending().length,
    contents: () => ({ nextId: queue.nextId(), updates: queue.pending() }),
    restore: (contents) => queue.restore(contents),
    clear: () => queue.keepNewest(0),
    close(answer) {
      deleteWebhook()
      longPoll.end(answer)
    },
  }
}
