import { expect, test, vi } from 'vitest'
import { createShardLookup } from './shard-lookup.ts'

const bots = ['1', '2', '3', '4'].map((botId) => ({ botId }))

test('each bot is asked for once, and one that is not there is left out', async () => {
  const findShards = vi.fn(
    async (botIds: string[]) =>
      new Map(botIds.filter((botId) => botId !== '4').map((botId) => [botId, Number(botId) % 2])),
  )
  const divide = createShardLookup({ shards: 2, findShards })
  const expected = [
    [1, [{ botId: '1' }, { botId: '3' }]],
    [0, [{ botId: '2' }]],
  ]
  expect(await divide(bots)).toEqual(expected)
  expect(await divide(bots.slice(0, 3))).toEqual(expected)
  expect(findShards.mock.calls).toEqual([[['1', '2', '3', '4']]])
})

test('with a single shard nobody is asked, and with several somebody has to be', async () => {
  const alone = createShardLookup({ shards: 1, findShards: undefined })
  expect(await alone(bots)).toEqual([[0, bots]])
  const several = createShardLookup({ shards: 2, findShards: undefined })
  await expect(several(bots)).rejects.toThrow('which bot is in which')
})
