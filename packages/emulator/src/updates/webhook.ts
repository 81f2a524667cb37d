import { setMaxListeners } from 'node:events'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { createGoneWatch } from './gone-watch.ts'
import { createLanes } from './lanes.ts'
import type { Lane } from './lanes.ts'
import { retryDelayMs } from './retry-delay.ts'
import type { Update, UpdateQueue } from './update-queue.ts'
import { createWebhookPace } from './webhook-pace.ts'
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

/** Delivers the updates of one bot to its webhook: lanes side by side, within a lane strictly one at a time. */
export function createWebhook(target: WebhookTarget, dependencies: WebhookDependencies): Webhook {
  const { clock, queue, random, timeScale } = dependencies
  const agent = createAgent(target)
  const closing = new AbortController()
  const lanes = createLanes()
  const pace = createWebhookPace({ clock, maxConnections: target.maxConnections, timeScale })
  const gone = createGoneWatch(clock)
  let lastError: WebhookError | undefined

  function sendReady(): void {
    while (!closing.signal.aborted && lanes.hasReady() && pace.mayBegin(sendReady)) {
      const lane = lanes.next()
      if (lane !== undefined) void send(lane)
    }
  }

  async function send(lane: Lane): Promise<void> {
    const update = lane.updates[0]
    if (update === undefined) return
    pace.began()
    const response = await postUpdate(target, update.json, { agent, signal: closing.signal })
    if (closing.signal.aborted) return
    if (isSuccess(response)) {
      pace.succeeded()
      gone.clear()
      drop(lane, update)
      if (response.body.length > 0) dependencies.onReply(response)
    } else {
      pace.failed()
      handleFailure(lane, update, response)
    }
    sendReady()
  }

  function handleFailure(lane: Lane, update: Update, response: WebhookResponse): void {
    lastError = { dateSeconds: clock.nowSeconds(), message: errorText(response) }
    if (response.status === 'failed') pace.lostConnection()
    if (gone.isForGood(response.status === 'answered' ? response.statusCode : 0)) {
      dependencies.onGone()
      return
    }
    const next = retryDelayMs(lane, retryAfterOf(response), random)
    if (clock.nowMs() + next.waitMs > update.expiresAtMs) {
      drop(lane, update)
      return
    }
    lane.delayMs = next.delayMs
    lane.failures += 1
    clock.after(next.waitMs * timeScale(), () => {
      lanes.requeue(lane)
      sendReady()
    })
  }

  function drop(lane: Lane, update: Update): void {
    queue.forget(update)
    lanes.advance(lane)
  }

  // Every request in flight listens for the end.
  setMaxListeners(0, closing.signal)
  for (const update of queue.pending()) lanes.add(update)
  sendReady()

  return {
    target,
    add(update) {
      lanes.add(update)
      sendReady()
    },
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

type Answered = Extract<WebhookResponse, { status: 'answered' }>

function isSuccess(response: WebhookResponse): response is Answered {
  return response.status === 'answered' && response.statusCode >= 200 && response.statusCode <= 299
}

function errorText(response: WebhookResponse): string {
  if (response.status === 'failed') return response.message
  return `Wrong response from the webhook: ${response.statusCode} ${response.reason}`
}

function retryAfterOf(response: WebhookResponse): number {
  const seconds = response.status === 'answered' ? Number.parseInt(response.retryAfter, 10) : 0
  return Number.isFinite(seconds) ? seconds : 0
}
