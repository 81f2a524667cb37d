import { within } from '@postino/http'

export interface EnqueueOptions {
  /** Puts render jobs into Redis. */
  add: (messageIds: string[]) => Promise<void>
  /** Told of messages that were left to the sweeper, and why. */
  onLeft: (count: number, error: unknown) => void
  /** How long an answer may wait for Redis. */
  limitMs: number
  /** How long Redis is left alone after it failed, so that a dead one does not slow every answer. */
  pauseMs: number
  nowMs: () => number
}

/** Asks for messages to be rendered, if Redis can be asked. The messages are durable either way; never rejects. */
export function createEnqueue(options: EnqueueOptions): (messageIds: string[]) => Promise<void> {
  let pausedUntilMs = -Infinity
  let lastError: unknown

  return async function enqueue(messageIds) {
    if (messageIds.length === 0) return
    if (options.nowMs() < pausedUntilMs) return options.onLeft(messageIds.length, lastError)
    try {
      await within(options.limitMs, options.add(messageIds))
    } catch (error) {
      lastError = error
      pausedUntilMs = options.nowMs() + options.pauseMs
      options.onLeft(messageIds.length, error)
    }
  }
}
