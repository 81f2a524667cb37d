/** A chat's allowance: `burst` at once, refilled by `perSecond`. The answered calls, leaking away since the last answer. */
export interface ChatBucket {
  nextStartMs(cost: number): number
  started(cost: number): void
  /** Instants must not decrease; an earlier one counts as the latest. */
  answered(cost: number, answeredMs: number): void
  /** The same for a call this bucket did not see start. */
  add(cost: number, answeredMs: number): void
  /** At this instant it holds so much at least. */
  raiseTo(cost: number, atMs: number): void
  isIdle(nowMs: number): boolean
  underWay(): number
  contentAt(nowMs: number): number
  /** The instant `contentAt(nowMs)` is true of: now, or later when the last answer is yet to come. */
  fullSinceMs(nowMs: number): number
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
export function createChatBucket(rule: BucketRule): ChatBucket {
  let content = 0
  let contentMs = -Infinity
  let underWayCost = 0

  function contentAt(nowMs: number): number {
    if (nowMs <= contentMs) return content
    return Math.max(0, content - ((nowMs - contentMs) * rule.perSecond) / 1_000)
  }

  function add(cost: number, answeredMs: number): void {
    content = contentAt(answeredMs) + cost
    contentMs = Math.max(contentMs, answeredMs)
  }

  return {
    nextStartMs(cost) {
      const room = rule.burst - Math.min(cost, rule.burst) - underWayCost
      if (room < 0) return Infinity
      const excess = content - room
      return excess <= 0 ? 0 : contentMs + (excess * 1_000) / rule.perSecond + rule.guardMs
    },
    started(cost) {
      underWayCost += cost
    },
    answered(cost, answeredMs) {
      underWayCost = Math.max(0, underWayCost - cost)
      add(cost, answeredMs)
    },
    add,
    raiseTo: (cost, atMs) => add(Math.max(0, cost - contentAt(atMs)), atMs),
    isIdle: (nowMs) => underWayCost === 0 && contentAt(nowMs - rule.guardMs) === 0,
    underWay: () => underWayCost,
    contentAt,
    fullSinceMs: (nowMs) => Math.max(nowMs, contentMs),
  }
}
