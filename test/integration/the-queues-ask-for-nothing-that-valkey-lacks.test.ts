import { createTurnState, pingRedis } from '@postino/queues'
import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import {
  eventually,
  useQueueDepths,
  useRedis,
  useRenderQueue,
  useRenderWorker,
  useTurnQueue,
  useTurnWorker,
} from './queues-under-test.ts'

/**
 * What we and BullMQ ask of the server, scripts included. All of it is in Redis 7.0 and so in Valkey, which began as 7.2 and has
 * taken nothing away. A name that is new here is to be looked up in Valkey's list: https://valkey.io/commands
 */
const COMMANDS = `
  auth client|setinfo client|setname hello info ping quit time
  eval evalsha script|load
  del exists get getdel incr persist pttl set
  hexists hget hgetall hincrby hmget hmset hset hdel
  lindex llen lpos lpush lrange lrem rpoplpush rpush
  sadd scard smembers srem
  bzpopmin zadd zcard zpopmin zrange zrangebyscore zrem zremrangebyrank
  zremrangebyscore zrevrange zrevrangebyscore zscore
  xadd xtrim
`.split(/\s+/)

test('a run through everything the queues can do uses commands of Redis 7.0 only', async () => {
  const url = await createTestRedis()
  const redis = useRedis(url)
  await pingRedis(redis)
  await redis.config('RESETSTAT')
  const turns = useTurnQueue(url)
  const state = createTurnState({ redis })
  const seen: string[] = []
  useTurnWorker(url, {
    process: async (turn) => {
      seen.push(turn.botId)
      await state.take(turn)
      await state.save(turn, 'value', 60_000)
      // Wakes during a turn, retries, alarms, and a lock that has to be renewed.
      if (seen.length === 1) await turns.wake([turn, turn])
      if (seen.length === 2) throw new Error('again')
      return seen.length < 6 ? { nextTurnInMs: 10 } : {}
    },
  })
  let attempts = 0
  useRenderWorker(url, {
    lockDurationMs: 200,
    process: async (_, signal) => {
      attempts++
      if (attempts === 1) throw new Error('again')
      if (attempts === 2) await new Promise((resolve) => setTimeout(resolve, 300, signal))
    },
  })
  await turns.wake([{ shopId: '1', botId: '1' }])
  await turns.wake([{ shopId: '1', botId: '2' }], { delayMs: 20 })
  await useRenderQueue(url).add(Array.from({ length: 120 }, (_, index) => String(index + 1)))
  await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(6))
  await eventually(() => expect(attempts).toBe(4))
  await turns.withoutTurn([{ shopId: '1', botId: '1' }])
  await useQueueDepths(url).read()

  const used = [...(await redis.info('commandstats')).matchAll(/^cmdstat_([^:]+):/gm)]
    .map(([, name]) => name)
    // By this test.
    .filter((name) => name !== 'config|resetstat')
  expect(used.filter((name) => name !== undefined && !COMMANDS.includes(name))).toEqual([])
})
