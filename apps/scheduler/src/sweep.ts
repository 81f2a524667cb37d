import { setTimeout as sleep } from 'node:timers/promises'

type Bot = { shopId: string; botId: string }

/** What stands still in Postgres as if it had lost its job. */
export interface Forgotten {
  messages(): Promise<string[]>
  bots(): Promise<Bot[]>
}

export interface SweepDependencies {
  /** Runs the work unless another process is at it just now. */
  alone: (work: (forgotten: Forgotten) => Promise<void>) => Promise<void>
  /** Render jobs that wait to be taken. */
  countWaitingRenders: () => Promise<number>
  enqueueRender: (messageIds: string[]) => Promise<void>
  /** Those of them that have no turn to come. */
  withoutTurn: (bots: Bot[]) => Promise<Bot[]>
  wake: (bots: Bot[]) => Promise<void>
  swept: (stage: 'render' | 'turn', count: number) => void
  /** For so long after it found something nobody else sweeps, so that the work can leave the list first. */
  holdMs: number
}

// With more than this in the queue the renderers are behind: what stands still waits its turn there, and adding it again
// would only make the queue longer. A bot cannot be in its queue twice.
export const BEHIND_JOBS = 20

/**
 * The net below the queues: whatever Postgres says should have a job gets one again. Jobs that were there all the same do
 * no harm, since rendering and turns are harmless when repeated. One process sweeps at a time; the others skip.
 */
export function createSweep(dependencies: SweepDependencies): () => Promise<void> {
  const { alone, countWaitingRenders, enqueueRender, withoutTurn, wake, swept, holdMs } = dependencies

  async function sweepMessages(forgotten: Forgotten): Promise<number> {
    if ((await countWaitingRenders()) > BEHIND_JOBS) return 0
    const messageIds = await forgotten.messages()
    if (messageIds.length === 0) return 0
    await enqueueRender(messageIds)
    swept('render', messageIds.length)
    return messageIds.length
  }

  async function sweepBots(forgotten: Forgotten): Promise<number> {
    // Who waits for a busy sender, or for a chat that opens soon, has lost nothing.
    const bots = await withoutTurn(await forgotten.bots())
    if (bots.length === 0) return 0
    await wake(bots)
    swept('turn', bots.length)
    return bots.length
  }

  return async function sweep() {
    await alone(async (forgotten) => {
      const found = (await sweepMessages(forgotten)) + (await sweepBots(forgotten))
      if (found > 0) await sleep(holdMs)
    })
  }
}
