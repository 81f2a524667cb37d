import { nodeFlagsOf } from '@postino/embedded'
import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'

/** The lines of the log of an app that finds nothing it needs, until it waits for it. */
async function linesOf(app: string, flags: string[]): Promise<unknown[]> {
  const process = startNode(new URL(`../../apps/${app}/src/main.ts`, import.meta.url), {
    flags,
    env: {
      DATABASE_URL: 'postgres://127.0.0.1:9/none',
      REDIS_URL: 'redis://127.0.0.1:9',
      SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      HEALTH_PORT: '0',
      PORT: '0',
    },
  })
  const messages = () => process.lines().map(({ msg }) => msg)
  await waitUntil(() => messages().some((msg) => msg === 'service.ready' || msg === 'peer.missing'))
  process.kill('SIGKILL')
  await process.ended
  return messages()
}

test.each(['renderer', 'sender', 'bot'])(
  '%s, started as we start it, could not; else it tells',
  async (app) => {
    const [asStarted, withoutFlags] = await Promise.all([linesOf(app, nodeFlagsOf(app)), linesOf(app, [])])
    expect(asStarted).not.toContain('code_generation.allowed')
    expect(withoutFlags).toContain('code_generation.allowed')
  },
)
