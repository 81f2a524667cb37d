import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'

test('without any Redis, and nothing to install one with, the way out is told', async () => {
  const process = startNode(new URL('./embedded-process.ts', import.meta.url), { env: { PATH: '/nowhere' } })
  expect((await process.ended).code).toBe(1)
  expect(process.stderr()).toMatch(
    /MissingRedisError: .*apt-get install redis-server.*brew install redis.*REDIS_URL/,
  )
})
