import assert from 'node:assert/strict'
import { isId, type TakenTurn } from '../job-catalogue.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { shardAt, shardsOf } from '../shards.ts'

type BotOfShard = Pick<TakenTurn, 'botId' | 'shard'>

export type TurnState = {
  /**
   * Takes what the bot's last turn left. Undefined when there is nothing: the first turn ever, a turn that died, an
   * expired value, a Redis that lost it. The caller then assumes the worst (the window is full) and waits it out.
   */
  take: (bot: BotOfShard) => Promise<string | undefined>
  /** Leaves a value for the bot's next turn, for at most `ttlMs`. */
  save: (bot: BotOfShard, value: string, ttlMs: number) => Promise<void>
}

/** A turn's memory is recent answers and cooling: far below this, or it is not a small value. */
const MAX_LENGTH_CHARS = 256 * 1024

/**
 * The small value a bot carries from turn to turn. Taking removes it (GETDEL), so that a turn which crashes leaves
 * nothing, and two turns can never go by the same memory.
 */
export function createTurnState(options: { redis: RedisConnection; shards?: number }): TurnState {
  const { redis } = options
  const shards = shardsOf(options.shards ?? 1)

  function keyOf({ botId, shard }: BotOfShard): string {
    assert(isId(botId), 'botId is a decimal string')
    return `${shardAt(shards, shard).prefix}:turn-state:${botId}`
  }

  return {
    async take(bot) {
      return (await redis.getdel(keyOf(bot))) ?? undefined
    },
    async save(bot, value, ttlMs) {
      assert(value.length <= MAX_LENGTH_CHARS, 'a turn state is a small value')
      assert(Number.isFinite(ttlMs) && ttlMs > 0, 'a turn state has a time to live')
      await redis.set(keyOf(bot), value, 'PX', Math.ceil(ttlMs))
    },
  }
}
