import { within } from '@postino/http'

export interface EnqueueOptions {
  /** Puts render jobs into Redis; rejects when it may not have them. */
  add: (messageIds: string[]) => Promise<void>
  /** Told of messages that were left to the sweeper, and why. */
  onLeft: (count: number, error: unknown) => void
  /** How long an answer may wait for Redis. A slow one goes on taking jobs, and nobody waits for it. */
  limitMs: number
  /** How long Redis is left alone after it failed, so that a dead one does not slow every answer. */
  pauseMs: number
  /** Messages that may be on their way to a slow Redis; further ones are left. */
  maxUnderWay: number
  nowMs: () => number
}

/** Asks for messages to be rendered, if Redis can be asked. The messages are durable either way; never rejects. */
export function createEnqueue(options: EnqueueOptions): (messageIds: string[]) => Promise<void> {
  let pausedUntilMs = -Infinity
  let lastError: unknown
  let underWay = 0
  let isSlow = false

  async function add(messageIds: string[]): Promise<void> {
    underWay += messageIds.length
    try {
      await options.add(messageIds)
      isSlow = false
    } catch (error) {
      lastError = error
      pausedUntilMs = options.nowMs() + options.pauseMs
      options.onLeft(messageIds.length, error)
    } finally {
      underWay -= messageIds.length
    }
  }

  return async function enqueue(messageIds) {
    if (messageIds.length === 0) return
    if (options.nowMs() < pausedUntilMs) return options.onLeft(messageIds.length, lastError)
    if (underWay + messageIds.length > options.maxUnderWay)
      return options.onLeft(messageIds.length, new Error('Redis is slow, and enough is on its way to it'))
    const adding = add(messageIds)
    if (isSlow) return
    try {
      await within(options.limitMs, adding)
    } catch {
      isSlow = true
    }
  }
}
