import type { Deliveries } from './deliveries.ts'

/** What the receiver counted, per run. */
export interface FloodFigures {
  /** Mean of the bots' shares, and the least of them. */
  share: number
  leastShare: number
  lost: number
  reordered: number
  duplicates: number
  seconds: number
}

export function measure(
  deliveries: Deliveries[],
  wanted: { perChat: number; limitPerSecond: number },
): FloodFigures {
  const shares = deliveries.map(({ arrivalsMs }) => shareOf(arrivalsMs, wanted.limitPerSecond))
  const chats = deliveries.flatMap(({ rounds }) => rounds)
  const arrivalsMs = deliveries.flatMap((bot) => bot.arrivalsMs)
  return {
    share: sum(shares) / shares.length,
    leastShare: Math.min(...shares),
    lost: sum(chats.map((rounds) => wanted.perChat - new Set(rounds).size)),
    reordered: sum(chats.map(countReordered)),
    duplicates: sum(chats.map((rounds) => rounds.length - new Set(rounds).size)),
    seconds: (Math.max(...arrivalsMs) - Math.min(...arrivalsMs)) / 1_000,
  }
}

/** Accepted messages after the first, for each second from the first to the last of them, against the limit. */
export function shareOf(arrivalsMs: number[], limitPerSecond: number): number {
  const seconds = ((arrivalsMs.at(-1) ?? 0) - (arrivalsMs[0] ?? 0)) / 1_000
  return seconds === 0 ? 0 : (arrivalsMs.length - 1) / seconds / limitPerSecond
}

/** Messages that stand behind one that was to come later. */
function countReordered(rounds: number[]): number {
  let latest = 0
  return rounds.filter((round) => {
    const isLate = round < latest
    latest = Math.max(latest, round)
    return isLate
  }).length
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
