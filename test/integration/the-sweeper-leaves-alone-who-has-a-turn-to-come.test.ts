import { closeRedis, createRedis, createTurnQueue } from '@postino/queues'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestRedis } from '../support/create-test-redis.ts'

const redis = createRedis({ url: await createTestRedis(), onError: () => undefined })
atEnd(() => closeRedis(redis))
const turns = createTurnQueue({ redis })
atEnd(() => turns.close())

const bot = (botId: string) => ({ shopId: '1', botId })

test('only a bot with neither a turn nor an alarm within a minute has lost its turn', async () => {
  const [woken, soon, late, lost] = [bot('2'), bot('3'), bot('4'), bot('5')]
  await turns.wake([woken])
  await turns.wake([soon], { delayMs: 40_000 })
  await turns.wake([late], { delayMs: 3_600_000 })
  expect(await turns.withoutTurn([woken, soon, late, lost])).toEqual([late, lost])
  expect(await turns.withoutTurn([])).toEqual([])
})

test('after Redis was emptied all have', async () => {
  const bots = [bot('6'), bot('7')]
  await turns.wake(bots)
  expect(await turns.withoutTurn(bots)).toEqual([])
  await redis.flushall()
  expect(await turns.withoutTurn(bots)).toEqual(bots)
})
