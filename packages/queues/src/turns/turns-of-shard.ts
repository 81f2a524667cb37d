import { addJobs, chunksOf, createBullQueue, requireRedis } from '../create-bull-queue.ts'
import { TURN_QUEUE, turnDeduplicationId, turnJobOptions, turnKey } from '../job-catalogue.ts'
import type { Turn } from '../job-catalogue.ts'
import { createGather } from '../gather.ts'
import { createJobIds } from '../job-ids.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { createTurnAlarms } from './turn-alarms.ts'
import { findBotsToAdd } from './turns-to-come.ts'

export type ShardTurns = {
  wake: (bots: Turn[], options?: { delayMs?: number }) => Promise<void>
  withoutTurn: (bots: Turn[]) => Promise<Turn[]>
  close: () => Promise<void>
}

const BOTS_PER_CALL = 200
// Longer than any window of Telegram's. A later alarm may be for one chat, and says nothing about the others.
const SOON_MS = 61_000

/**
 * The turns of the bots of one shard, and why no wake is lost.
 *
 * 1. *Now.* A turn is a BullMQ job, deduplicated by bot with `keepLastIfActive`: the scripts of BullMQ see to it,
 *    atomically, that there is at most one job of a bot, waiting or active, and that an add during an active one is
 *    put aside (the hash `dn:<bot>`) and becomes the next job in the very script that ends the active one. A worker that
 *    dies leaves its job in the active list; the stalled check puts it back. So two turns of a bot never run at
 *    once, unless a lock was lost in mid-turn; against that stands the fence in Postgres.
 * 2. *Later.* Not with BullMQ's delayed jobs, which cannot carry it: what is put aside keeps the last add, not the
 *    earliest, so the delayed turn a turn asks for at its end would overwrite the wake that came meanwhile;
 *    `reschedule` moves a delayed job to the new delay, be it earlier or later, and without it a delayed job cannot
 *    be brought forward; delays are computed from the clock of whichever process adds or fetches; and on an idle
 *    Redis they come up to 110 ms late. So "later" is an alarm of ours, one sorted set beside the queue
 *    (turn-alarms.ts): the earliest time wins, by Redis's clock. When it rings, it is a wake as in 1.
 * 3. An alarm stays in the set until a turn of its bot *starts*: whoever rang it may die in between.
 * 4. A turn that starts serves every wake and alarm made before, and clears the alarm. Hence a wake brings a delayed
 *    turn forward, and a delayed wake never postpones anything.
 * 5. A wake of several bots is an add only where none is certain already (turns-to-come.ts). Asked after the call was made, so a turn that
 *    waits at that moment starts after it.
 */
export function createShardTurns({ redis, prefix }: { redis: RedisConnection; prefix: string }): ShardTurns {
  const queue = createBullQueue({ name: TURN_QUEUE, redis, prefix })
  const keyPrefix = queue.toKey('')
  const alarms = createTurnAlarms({ redis, prefix })
  const nextJobId = createJobIds()
  const wakeNow = createGather<Turn>(async (bots) => {
    const turns = [...new Map(bots.map((bot) => [turnKey(bot), bot])).values()]
    await requireRedis(redis)
    // One alone, as on an idle system, need not wait for two answers: an add in vain is dearer than asking, and harmless.
    if (turns.length === 1) return add(turns)
    for (const chunk of chunksOf(turns, BOTS_PER_CALL)) await add(await withoutTurnToCome(chunk))
  })

  async function withoutTurnToCome(turns: Turn[]): Promise<Turn[]> {
    return await findBotsToAdd(redis, { keyPrefix, bots: turns, deduplicationIdOf: turnDeduplicationId })
  }

  async function add(turns: Turn[]): Promise<void> {
    await addJobs(
      queue,
      turns.map((turn) => ({
        name: 'turn',
        data: { shopId: turn.shopId, botId: turn.botId },
        opts: turnJobOptions(nextJobId(), turn),
      })),
    )
  }

  async function wake(bots: Turn[], { delayMs = 0 }: { delayMs?: number } = {}): Promise<void> {
    if (bots.length === 0) return
    if (delayMs <= 0) return wakeNow(bots)
    await requireRedis(redis)
    await alarms.set(bots, delayMs)
  }

  async function hasJob(bot: Turn): Promise<boolean> {
    const jobId = await queue.getDeduplicationJobId(turnDeduplicationId(bot))
    // A mark may outlive its job; an add mends that.
    return jobId !== null && (await queue.getJobState(jobId)) !== 'unknown'
  }

  async function withoutTurn(bots: Turn[]): Promise<Turn[]> {
    if (bots.length === 0) return []
    await requireRedis(redis)
    const left: Turn[] = []
    for (const chunk of chunksOf(bots, BOTS_PER_CALL)) {
      const [isQueued, hasAlarm] = await Promise.all([
        Promise.all(chunk.map(hasJob)),
        alarms.haveWithin(chunk, SOON_MS),
      ])
      left.push(...chunk.filter((_, index) => isQueued[index] === false && hasAlarm[index] === false))
    }
    return left
  }

  return { wake, withoutTurn, close: () => queue.close() }
}
