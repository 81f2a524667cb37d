import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { servedShards, shardAt, shardsOf, shareOut } from './shards.ts'

test('a single shard keeps the tag that queues had before there were shards', () => {
  expect(shardsOf(1)).toEqual([{ index: 0, prefix: '{postino}' }])
})

test('several shards are told apart by their number, each by a hash tag of its own', () => {
  expect(shardsOf(3).map(({ prefix }) => prefix)).toEqual(['{postino-0}', '{postino-1}', '{postino-2}'])
  expect(servedShards({ shards: 3, serve: [2, 0] }).map(({ index }) => index)).toEqual([2, 0])
})

test('a shard that is not there is refused', () => {
  expect(() => servedShards({ shards: 3, serve: [3] })).toThrow('there is no shard 3')
  expect(() => shardAt(['only'], 1)).toThrow('there is no shard 1')
  for (const count of [0, -1, 1.5]) expect(() => shardsOf(count)).toThrow('number of shards')
})

test('what a process may do at a time is shared by its shards, evenly, not multiplied', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 64 }), (total, parts) => {
      const shares = shareOut(total, parts)
      expect(shares).toHaveLength(parts)
      expect(shares.reduce((sum, share) => sum + share)).toBe(Math.max(total, parts))
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
    }),
  )
})
