/** How full a chat's bucket is. */
export interface BucketLevel {
  /** Answered calls, at `contentMs`; less after it. */
  content: number
  contentMs: number
  underWayCost: number
}

/**
 * A chat's allowance: `burst` at once, refilled by `perSecond`. The answered calls, leaking away since the last answer. One for all
 * chats of a bot, each of which is a few numbers: a bot may write to a thousand in a second.
 */
export interface ChatBucket {
  nextStartMs(level: BucketLevel, cost: number): number
  answered(level: BucketLevel, cost: number, answeredMs: number): void
  /** The same for a call this bucket did not see start. Instants must not decrease; an earlier one counts as the latest. */
  add(level: BucketLevel, cost: number, answeredMs: number): void
  /** At this instant it holds so much at least. */
  raiseTo(level: BucketLevel, cost: number, atMs: number): void
  isIdle(level: BucketLevel, nowMs: number): boolean
  contentAt(level: BucketLevel, nowMs: number): number
}

export interface BucketRule {
  perSecond: number
  burst: number
  guardMs: number
}

/**
 * A receiver with this rule fills its bucket when calls arrive; ours fills when they are answered, which is later, so that
 * it is never emptier than the receiver's, and calls without an answer count whole. In other words: for any calls from the
 * i-th answered on, their cost stays below burst + perSecond × (start of the last − answer to the i-th).
 *
 * A call dearer than the burst (an album) passes when the bucket is empty; what it overdraws has to leak away first.
 */
export function createChatBucket({ perSecond, burst, guardMs }: BucketRule): ChatBucket {
  function contentAt({ content, contentMs }: BucketLevel, nowMs: number): number {
    if (nowMs <= contentMs) return content
    return Math.max(0, content - ((nowMs - contentMs) * perSecond) / 1_000)
  }

  function add(level: BucketLevel, cost: number, answeredMs: number): void {
    level.content = contentAt(level, answeredMs) + cost
    level.contentMs = Math.max(level.contentMs, answeredMs)
  }

  return {
    nextStartMs({ content, contentMs, underWayCost }, cost) {
      const room = burst - Math.min(cost, burst) - underWayCost
      if (room < 0) return Infinity
      const excess = content - room
      return excess <= 0 ? 0 : contentMs + (excess * 1_000) / perSecond + guardMs
    },
    answered(level, cost, answeredMs) {
      level.underWayCost = Math.max(0, level.underWayCost - cost)
      add(level, cost, answeredMs)
    },
    add,
    raiseTo: (level, cost, atMs) => add(level, Math.max(0, cost - contentAt(level, atMs)), atMs),
    isIdle: (level, nowMs) => level.underWayCost === 0 && contentAt(level, nowMs - guardMs) === 0,
    contentAt,
  }
}
