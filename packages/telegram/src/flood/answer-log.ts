/** Answered calls of the last while, as far as a window cares. Several of the same millisecond are one. */
export interface AnsweredCost {
  answeredMs: number
  cost: number
}

/** Costs by the instant of their answer. */
export interface AnswerLog {
  /** Instants must not decrease; an earlier one counts as the latest. */
  add(cost: number, answeredMs: number): void
  /** How much was answered later than this. */
  costAfter(instantMs: number): number
  /** The earliest instant with at most so much answered after it; -Infinity when all together is no more than that. */
  lastInstantBefore(cost: number): number
  since(instantMs: number): AnsweredCost[]
  latestMs(): number
  /** Drops what was answered at or before this, not each time but often enough. */
  forget(instantMs: number): void
}

interface Entry {
  answeredMs: number
  /** Of this one and all before it: a sum over a stretch is then a search and a difference. */
  totalCost: number
}

// Cutting the list costs its length; so many calls share that.
const CUT_AT = 64

export function createAnswerLog(): AnswerLog {
  let entries: Entry[] = []
  let forgottenCost = 0

  /** The index of the first entry that is not past. */
  function search(isPast: (entry: Entry) => boolean): number {
    let low = 0
    let high = entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const entry = entries[middle]
      if (entry !== undefined && isPast(entry)) low = middle + 1
      else high = middle
    }
    return low
  }

  function totalBefore(index: number): number {
    return entries[index - 1]?.totalCost ?? forgottenCost
  }

  function total(): number {
    return totalBefore(entries.length)
  }

  function firstAfter(instantMs: number): number {
    return search((entry) => entry.answeredMs <= instantMs)
  }

  return {
    add(cost, answeredMs) {
      const totalCost = total() + cost
      const last = entries.at(-1)
      if (last !== undefined && last.answeredMs >= answeredMs) last.totalCost = totalCost
      else entries.push({ answeredMs, totalCost })
    },
    costAfter: (instantMs) => total() - totalBefore(firstAfter(instantMs)),
    lastInstantBefore(cost) {
      const mustBeGone = total() - cost
      if (forgottenCost >= mustBeGone) return -Infinity
      return entries[search((entry) => entry.totalCost < mustBeGone)]?.answeredMs ?? -Infinity
    },
    since(instantMs) {
      const first = firstAfter(instantMs)
      return entries.slice(first).map(({ answeredMs, totalCost }, index) => ({
        answeredMs,
        cost: totalCost - totalBefore(first + index),
      }))
    },
    latestMs: () => entries.at(-1)?.answeredMs ?? -Infinity,
    forget(instantMs) {
      const past = firstAfter(instantMs)
      if (past < CUT_AT && past < entries.length) return
      forgottenCost = totalBefore(past)
      entries = entries.slice(past)
    },
  }
}
