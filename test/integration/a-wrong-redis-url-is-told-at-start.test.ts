import { nodeFlagsOf } from '@postino/embedded'
import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'

test.each(['ingest', 'renderer', 'sender', 'scheduler'])(
  '%s does not start with the nodes of a cluster under the scheme of one server, and says what to write',
  async (app) => {
    const main = new URL(`../../apps/${app}/src/main.ts`, import.meta.url)
    const env = {
      DATABASE_URL: 'postgres://127.0.0.1:9/none',
      REDIS_URL: 'redis://:hunter2@10.0.0.1:6379,10.0.0.2:6379',
      SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      HEALTH_PORT: '0',
      PORT: '0',
    }
    const process = startNode(main, { flags: nodeFlagsOf(app), env })
    expect(await process.ended).toEqual({ code: 1, signal: null })
    const told = process.stdout() + process.stderr()
    expect(told).toMatch(
      /REDIS_URL is wrong: it names several servers.*redis\+cluster:\/\/host:port,host:port/,
    )
    expect(told).not.toContain('hunter2')
  },
)
