import { expect, test } from 'vitest'
import { parseRedisUrl, redisUrlProblem } from './redis-address.ts'

test.each([
  'redis://localhost',
  'redis://127.0.0.1:6379',
  'redis://:hunter2@redis.shop:6380/3',
  'rediss://user:p%40ss@redis.shop:6380?family=6',
])('%s names one server', (url) => {
  expect(parseRedisUrl(url)).toEqual({ kind: 'server', url })
})

test.each([
  ['redis+cluster://a:7001,b:7002,c:7003', { nodes: ['a:7001', 'b:7002', 'c:7003'] }],
  ['redis+cluster://redis', { nodes: ['redis:6379'] }],
  ['redis+cluster://[::1]:7001,10.0.0.2/', { nodes: ['::1:7001', '10.0.0.2:6379'] }],
  ['redis+cluster://:s%2Cecret@a,b:1', { nodes: ['a:6379', 'b:1'], password: 's,ecret' }],
  [
    'rediss+cluster://me:a@b,c@a',
    { nodes: ['a:6379'], username: 'me', password: 'a@b,c', isEncrypted: true },
  ],
])('%s names nodes of a cluster', (url, { nodes, ...rest }) => {
  const address = parseRedisUrl(url)
  if (address.kind !== 'cluster') throw new Error('no cluster')
  expect(address.nodes.map(({ host, port }) => `${host}:${port}`)).toEqual(nodes)
  expect({ ...address, nodes: [] }).toEqual({ kind: 'cluster', nodes: [], isEncrypted: false, ...rest })
})

test.each([
  ['', 'no URL of a Redis'],
  ['localhost:6379', 'no URL of a Redis'],
  ['http://hunter2@localhost', 'no URL of a Redis'],
  ['redis://', 'no URL of a Redis'],
  ['redis://:hunter2@a:1,b:2', 'several servers'],
  ['redis://:hunter2@a:1?cluster=true', 'its scheme'],
  ['redis://:hunter2@:99', 'cannot be read'],
  ['redis+cluster://', 'no URL of a Redis'],
  ['redis+cluster://:hunter2@', 'no'],
  ['redis+cluster://:hunter2@a:1,', 'no'],
  ['redis+cluster://:hunter2@a:1,,b:2', 'no'],
  ['redis+cluster://:hunter2@a:port', 'cannot be read'],
  ['redis+cluster://:hunter2@a:99999', 'cannot be read'],
  ['redis+cluster://:hunter2%@a:1', '%25'],
  ['redis+cluster://:hunter2@a:1/2', 'one database'],
  ['redis+cluster://:hunter2@a:1?family=6', 'no options'],
])('%s is refused, and the reason tells nothing secret', (url, reason) => {
  expect(redisUrlProblem(url)).toContain(reason)
  expect(redisUrlProblem(url)).not.toContain('hunter2')
})
