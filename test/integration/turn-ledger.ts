import type { Turn } from '@postino/queues'

export type TurnLedger = {
  /** To be called right before `wake`: from here on a turn has to start. */
  wanted: (turn: Turn) => void
  /** Runs a turn's work, remembering that it started and whether another one of the bot was running. */
  during: <T>(turn: Turn, work: () => Promise<T>) => Promise<T>
  /** Bots for which no turn has started since one was wanted last. */
  unserved: () => string[]
  /** Bots that had two turns at once. */
  overlapping: () => string[]
  turns: () => number
}

/** Remembers, in the order of one process's events, who wanted a turn and who got one. */
export function createTurnLedger(): TurnLedger {
  let moment = 0
  let turns = 0
  const wantedAt = new Map<string, number>()
  const startedAt = new Map<string, number>()
  const running = new Set<string>()
  const overlapping = new Set<string>()

  return {
    wanted(turn) {
      wantedAt.set(turn.botId, ++moment)
    },
    async during(turn, work) {
      startedAt.set(turn.botId, ++moment)
      turns++
      if (running.has(turn.botId)) overlapping.add(turn.botId)
      running.add(turn.botId)
      try {
        return await work()
      } finally {
        running.delete(turn.botId)
      }
    },
    unserved: () => [...wantedAt].filter(([bot, at]) => at > (startedAt.get(bot) ?? 0)).map(([bot]) => bot),
    overlapping: () => [...overlapping],
    turns: () => turns,
  }
}
