import { expect, test } from 'vitest'
import { evictionProblem } from './eviction-policy.ts'

test('only noeviction may hold queues', () => {
  expect(evictionProblem('# Memory\r\nused_memory:1\r\nmaxmemory_policy:noeviction\r\n')).toBeUndefined()
  for (const policy of ['allkeys-lru', 'volatile-lru', 'volatile-ttl', 'allkeys-random']) {
    expect(evictionProblem(`# Memory\r\nmaxmemory_policy:${policy}\r\n`)).toContain(policy)
  }
})

test('a server that names no policy is not judged', () => {
  expect(evictionProblem('# Memory\r\nused_memory:1\r\n')).toBeUndefined()
})
