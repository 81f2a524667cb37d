import type { Turn } from '../job-catalogue.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { createShardLookup, type FindShards } from '../shard-lookup.ts'
import { shardAt, shardsOf } from '../shards.ts'
import { createShardTurns } from './turns-of-shard.ts'

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

/**
 * Turns of all bots, each in its shard; turns-of-shard.ts says how they work. `shards`: as many as the installation has;
 * with several `findShards` tells where a bot is.
 */
export function createTurnQueue(options: {
  redis: RedisConnection
  shards?: number
  findShards?: FindShards
}): TurnQueue {
  const { redis, shards = 1, findShards } = options
  const parts = shardsOf(shards).map(({ prefix }) => createShardTurns({ redis, prefix }))
  const divide = createShardLookup({ shards, findShards })

  return {
    async wake(bots, wakeOptions) {
      const divided = await divide(bots)
      await Promise.all(divided.map(([shard, own]) => shardAt(parts, shard).wake(own, wakeOptions)))
    },
    async withoutTurn(bots) {
      const divided = await divide(bots)
      const without = divided.map(([shard, own]) => shardAt(parts, shard).withoutTurn(own))
      return (await Promise.all(without)).flat()
    },
    async close() {
      await Promise.all(parts.map((part) => part.close()))
    },
  }
}
