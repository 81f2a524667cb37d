import { settlesWithin } from '../worker/settles-within.ts'

/** Asks for messages to be rendered at once, if Redis can be asked; without a job the sweeper brings them. Never rejects. */
export type Enqueue = (messageIds: string[]) => Promise<void>

export interface EnqueueOptions {
  /** Puts render jobs into Redis; rejects when it may not have them. */
  add: (messageIds: string[]) => Promise<void>
  /** Told of messages that were left to the sweeper, and why. */
  onLeft: (count: number, error: unknown) => void
  /** How long an answer may wait for Redis, which answers in a millisecond. A slow one goes on taking jobs, and nobody waits for it. */
  limitMs?: number | undefined
  /** How long Redis is left alone after it failed, so that a dead one does not slow every answer. */
  pauseMs?: number
  /** Messages that may be on their way to a slow Redis, by default some megabytes of ids; further ones are left. */
  maxUnderWay?: number
  nowMs?: () => number
}

/** For whoever has a shop waiting for an answer: the messages are durable either way. */
export function createEnqueue({
  add,
  onLeft,
  limitMs = 250,
  pauseMs = 1_000,
  maxUnderWay = 20_000,
  nowMs = () => performance.now(),
}: EnqueueOptions): Enqueue {
  let pausedUntilMs = -Infinity
  let lastError: unknown
  let underWay = 0
  let isSlow = false

  async function addOrLeave(messageIds: string[]): Promise<void> {
    underWay += messageIds.length
    try {
      await add(messageIds)
      isSlow = false
    } catch (error) {
      lastError = error
      pausedUntilMs = nowMs() + pauseMs
      onLeft(messageIds.length, error)
    } finally {
      underWay -= messageIds.length
    }
  }

  return async function enqueue(messageIds) {
    if (messageIds.length === 0) return
    if (nowMs() < pausedUntilMs) return onLeft(messageIds.length, lastError)
    if (underWay + messageIds.length > maxUnderWay)
      return onLeft(messageIds.length, new Error('Redis is slow, and enough is on its way to it'))
    const adding = addOrLeave(messageIds)
    if (isSlow) return
    if (!(await settlesWithin(adding, limitMs))) isSlow = true
  }
}
