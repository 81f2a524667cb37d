import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { useRedis } from './queues-under-test.ts'

test('what is sent in one round of the event loop is one write', async () => {
  const redis = useRedis(await createTestRedis())
  await redis.ping()
  if (!('stream' in redis)) throw new Error('it is no cluster')
  const answers = ['one', 'two', 'three'].map((text) => redis.echo(text))
  expect(redis.stream.writableCorked).toBe(1)
  expect(await Promise.all(answers)).toEqual(['one', 'two', 'three'])
  expect(redis.stream.writableCorked).toBe(0)
})
