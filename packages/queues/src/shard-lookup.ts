import assert from 'node:assert/strict'

/** Tells the shards of bots; nothing of a bot that is not there. */
export type FindShards = (botIds: string[]) => Promise<Map<string, number>>

/** About a hundred bytes each. When there are more, asking again does no harm. */
const BOTS_REMEMBERED = 100_000

/**
 * Divides bots by their shards. A bot keeps its shard, so each is asked for once; with a single shard none is. One that is not
 * there has nothing to send, and is left out.
 */
export function createShardLookup(options: { shards: number; findShards: FindShards | undefined }) {
  const { shards, findShards } = options
  const known = new Map<string, number>()

  async function find(botIds: string[]): Promise<Map<string, number>> {
    if (botIds.length === 0) return new Map()
    assert(findShards !== undefined, 'with several shards somebody has to tell which bot is in which')
    return await findShards([...new Set(botIds)])
  }

  return async function divide<Bot extends { botId: string }>(bots: Bot[]): Promise<[number, Bot[]][]> {
    if (shards === 1) return [[0, bots]]
    const found = await find(bots.map(({ botId }) => botId).filter((botId) => !known.has(botId)))
    const divided = Map.groupBy(bots, ({ botId }) => known.get(botId) ?? found.get(botId))
    if (known.size + found.size > BOTS_REMEMBERED) known.clear()
    for (const [botId, shard] of found) known.set(botId, shard)
    return [...divided].flatMap(([shard, own]) => (shard === undefined ? [] : [[shard, own]]))
  }
}
