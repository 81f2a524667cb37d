import type { Turn } from '../job-catalogue.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { shardAt, shardsOf } from '../shards.ts'
import { createShardTurns, type ShardTurns } from './turns-of-shard.ts'

export type TurnQueue = {
  /**
   * Asks for a turn of each bot: once this has resolved, a turn that *starts after the call was made* is certain, now
   * or by `delayMs` from now. Call it after the commit of what the turn is to find. Many wakes may share one turn.
   * Rejects within seconds when Redis is away; waking again is harmless, and the sweeper does it.
   */
  wake: (bots: Turn[], options?: { delayMs?: number }) => Promise<void>
  /** Those of these bots that have no turn, neither running nor waiting, and no alarm for one within the next minute. */
  withoutTurn: (bots: Turn[]) => Promise<Turn[]>
  close: () => Promise<void>
}

/** Turns of all bots, each in its shard; turns-of-shard.ts says how they work. `shards`: as many as the installation has. */
export function createTurnQueue(options: { redis: RedisConnection; shards?: number }): TurnQueue {
  const { redis, shards = 1 } = options
  const parts = shardsOf(shards).map((shard) => createShardTurns({ redis, shard }))

  async function inEachShard<Result>(
    bots: Turn[],
    work: (part: ShardTurns, bots: Turn[]) => Promise<Result>,
  ): Promise<Result[]> {
    const botsOf = Map.groupBy(bots, ({ shard = 0 }) => shard)
    return await Promise.all([...botsOf].map(async ([shard, own]) => await work(shardAt(parts, shard), own)))
  }

  return {
    async wake(bots, wakeOptions) {
      await inEachShard(bots, (part, own) => part.wake(own, wakeOptions))
    },
    async withoutTurn(bots) {
      return (await inEachShard(bots, (part, own) => part.withoutTurn(own))).flat()
    },
    async close() {
      await Promise.all(parts.map((part) => part.close()))
    },
  }
}
