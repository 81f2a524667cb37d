import { setMaxListeners } from 'node:events'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { retryDelayMs } from './retry-delay.ts'
import type { Update, UpdateQueue } from './update-queue.ts'
import { postUpdate } from './webhook-request.ts'
import type { WebhookResponse } from './webhook-request.ts'
import type { WebhookTarget } from './webhook-settings.ts'

export interface WebhookError {
  readonly dateSeconds: number
  readonly message: string
}

export interface Webhook {
  readonly target: WebhookTarget
  add(update: Update): void
  lastError(): WebhookError | undefined
  close(): void
}

export interface WebhookDependencies {
  readonly clock: Clock
  readonly random: Random
  readonly queue: UpdateQueue
  /** Multiplies every delay between attempts. */
  readonly timeScale: () => number
  /** The webhook answered with a method to be called. */
  readonly onReply: (reply: { body: Buffer; contentType: string }) => void
  /** The address was gone (410) for too long; the webhook is to be deleted. */
  readonly onGone: () => void
}

/** Updates that must arrive one after the other. */
interface Lane {
  readonly updates: Update[]
  failures: number
  delayMs: number
  isWaiting: boolean
}

const GONE_AFTER_MS = 23 * 60 * 60 * 1000
/** Without a success for this long, the webhook is tried over one connection only. */
const QUIET_AFTER_MS = 10_000
const RECONNECT_MS = 2000

/** Delivers the updates of one bot to its webhook: lanes side by side, within a lane strictly one at a time. */
export function createWebhook(target: WebhookTarget, dependencies: WebhookDependencies): Webhook {
  const { clock, queue } = dependencies
  const agent = createAgent(target)
  const closing = new AbortController()
  const lanes = new Map<string, Lane>()
  const ready: Lane[] = []
  let inFlight = 0
  let lastSuccessMs = -Infinity
  let reconnectAtMs = -Infinity
  let isReconnecting = false
  let firstGoneMs: number | undefined
  let lastError: WebhookError | undefined

  function add(update: Update): void {
    const lane = lanes.get(update.lane)
    if (lane !== undefined) {
      lane.updates.push(update)
      return
    }
    const opened: Lane = { updates: [update], failures: 0, delayMs: 1000, isWaiting: true }
    lanes.set(update.lane, opened)
    ready.push(opened)
    sendReady()
  }

  function sendReady(): void {
    while (!closing.signal.aborted && ready.length > 0) {
      const nowMs = clock.nowMs()
      const isQuiet = lastSuccessMs + QUIET_AFTER_MS < nowMs
      if (inFlight >= (isQuiet ? 1 : target.maxConnections)) return
      if (isQuiet && nowMs < reconnectAtMs) {
        waitToReconnect(reconnectAtMs - nowMs)
        return
      }
      const lane = ready.shift()
      if (lane !== undefined) void send(lane)
    }
  }

  function waitToReconnect(delayMs: number): void {
    if (isReconnecting) return
    isReconnecting = true
    clock.after(delayMs, () => {
      isReconnecting = false
      sendReady()
    })
  }

  async function send(lane: Lane): Promise<void> {
    const update = lane.updates[0]
    if (update === undefined) return
    lane.isWaiting = false
    inFlight += 1
    const response = await postUpdate(target, update.json, { agent, signal: closing.signal })
    inFlight -= 1
    if (closing.signal.aborted) return

    if (response.status === 'answered' && response.statusCode >= 200 && response.statusCode <= 299) {
      lastSuccessMs = clock.nowMs()
      firstGoneMs = undefined
      finish(lane, update)
      if (response.body.length > 0) dependencies.onReply(response)
    } else retry(lane, update, response)
    sendReady()
  }

  function finish(lane: Lane, update: Update): void {
    queue.forget(update)
    lane.updates.shift()
    lane.failures = 0
    lane.delayMs = 1000
    if (lane.updates.length > 0) enqueue(lane)
    else lanes.delete(update.lane)
  }

  function enqueue(lane: Lane): void {
    if (lane.isWaiting) return
    lane.isWaiting = true
    ready.push(lane)
  }

  function retry(lane: Lane, update: Update, response: WebhookResponse): void {
    const nowMs = clock.nowMs()
    lastError = { dateSeconds: clock.nowSeconds(), message: errorText(response) }
    if (response.status === 'failed') reconnectAtMs = nowMs + RECONNECT_MS * dependencies.timeScale()
    if (isGoneForGood(response, nowMs)) {
      dependencies.onGone()
      return
    }

    const next = retryDelayMs(lane, retryAfterOf(response), dependencies.random)
    if (nowMs + next.waitMs > update.expiresAtMs) {
      finish(lane, update)
      return
    }
    lane.delayMs = next.delayMs
    lane.failures += 1
    clock.after(next.waitMs * dependencies.timeScale(), () => {
      enqueue(lane)
      sendReady()
    })
  }

  function isGoneForGood(response: WebhookResponse, nowMs: number): boolean {
    if (response.status !== 'answered' || response.statusCode !== 410) {
      firstGoneMs = undefined
      return false
    }
    firstGoneMs ??= nowMs
    return nowMs - firstGoneMs > GONE_AFTER_MS
  }

  // Every request in flight listens for the end.
  setMaxListeners(0, closing.signal)
  for (const update of queue.pending()) add(update)

  return {
    target,
    add,
    lastError: () => lastError,
    close() {
      closing.abort()
      agent.destroy()
    },
  }
}

function createAgent(target: WebhookTarget): HttpAgent {
  const options = { keepAlive: true, maxSockets: target.maxConnections }
  if (target.url.protocol !== 'https:') return new HttpAgent(options)
  return new HttpsAgent(target.certificate === undefined ? options : { ...options, ca: target.certificate })
}

function errorText(response: WebhookResponse): string {
  if (response.status === 'failed') return response.message
  return `Wrong response from the webhook: ${response.statusCode} ${response.reason}`
}

function retryAfterOf(response: WebhookResponse): number {
  const seconds = response.status === 'answered' ? Number.parseInt(response.retryAfter, 10) : 0
  return Number.isFinite(seconds) ? seconds : 0
}
