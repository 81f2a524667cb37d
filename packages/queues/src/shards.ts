import assert from 'node:assert/strict'

/**
 * One of the parts an installation's queues are split into. All its keys carry one Redis Cluster hash tag, so that they live in
 * one slot: the scripts touch several at a time. Shards know nothing of each other.
 */
export type Shard = { index: number; prefix: string }

/**
 * Which shards there are, 1 by default, as the installation says: fixed when it is made, since bots keep theirs.
 *
 * A single shard has the tag `{postino}` without a number: it had that before there were shards, and what waits there, and
 * processes of the version before that still run, are to meet those of this one.
 */
export function shardsOf(count: number): Shard[] {
  assert(Number.isInteger(count) && count >= 1, 'the number of shards is a whole number from 1')
  if (count === 1) return [{ index: 0, prefix: '{postino}' }]
  return Array.from({ length: count }, (_, index) => ({ index, prefix: `{postino-${index}}` }))
}

/** Those a process serves, all by default. */
export function servedShards({
  shards = 1,
  serve,
}: {
  shards?: number
  serve?: number[] | undefined
}): Shard[] {
  const all = shardsOf(shards)
  return (serve ?? all.map(({ index }) => index)).map((index) => shardAt(all, index))
}

export function shardAt<Part>(parts: Part[], index: number): Part {
  const part = parts[index]
  assert(part !== undefined, `there is no shard ${index}: there are ${parts.length}, counted from 0`)
  return part
}

/** Splits what a process may do at a time among the shards it serves, at least 1 for each. */
export function shareOut(total: number, parts: number): number[] {
  const rest = total % parts
  return Array.from({ length: parts }, (_, index) =>
    Math.max(1, Math.floor(total / parts) + (index < rest ? 1 : 0)),
  )
}
