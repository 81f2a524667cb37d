import { parseEvent } from '@postino/domain'
import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createClientsUnderTest } from './client-under-test.ts'
import { createKey, countRows } from './ingest-under-test.ts'
import { startRedisServer } from './redis-server.ts'

const EXAMPLES = fileURLToPath(new URL('../../packages/client/examples/', import.meta.url))
const PASSWORD = 'a %+&: password'

const { database, ingestUrl, key, shopId } = await createClientsUnderTest()
const server = await startRedisServer()
atEnd(() => server.stop())
const redis = new Redis(server.url)
atEnd(() => redis.disconnect())
await redis.acl(
  'SETUSER',
  'postino-shop-shop',
  ...'on resetkeys %W~postino:intake:shop -@all +xadd'.split(' '),
  `>${PASSWORD}`,
)

const PROGRAMS = [
  {
    language: 'TypeScript',
    command: process.execPath,
    http: 'typescript/http.ts',
    redis: 'typescript/redis.ts',
  },
  { language: 'PHP', command: 'php', http: 'php/http_event.php', redis: 'php/redis_event.php' },
  { language: 'Python', command: 'python3', http: 'python/http_event.py', redis: 'python/redis_event.py' },
]

proveInEach('over HTTP the event is committed', async ({ command, language, http }) => {
  const before = await countRows(database)
  const settings = { POSTINO_URL: ingestUrl, POSTINO_KEY: key, ORDER_ID: `http-${language}` }
  for (const _time of ['first', 'second']) {
    const { stdout } = await run(command, http, settings)
    expect(stdout).toMatch(new RegExp(`^accepted order-http-${language}-shipped: message \\d+\n$`))
  }
  expect((await countRows(database)).events).toBe(before.events + 1)
})

proveInEach('over HTTP a refusal is one line and an exit code', async ({ command, http }) => {
  const { key: readOnly } = await createKey(database, shopId, ['events:read'])
  const failure: unknown = await run(command, http, { POSTINO_URL: ingestUrl, POSTINO_KEY: readOnly }).catch(
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^not accepted.*403.*\n$/),
  })
})

proveInEach('over Redis the event is in the stream', async ({ command, language, redis: program }) => {
  const orderId = `redis-${language}`
  const url = `redis://postino-shop-shop:${encodeURIComponent(PASSWORD)}@127.0.0.1:${server.port}`
  const { stdout } = await run(command, program, { REDIS_URL: url, POSTINO_SHOP: 'shop', ORDER_ID: orderId })
  const [, entryId = ''] = /^accepted order-redis-\w+-shipped: entry (\S+)\n$/.exec(stdout) ?? []
  const [entry] = await redis.xrange('postino:intake:shop', entryId, entryId)
  expect(entry?.[1]).toEqual(['event', expect.any(String)])
  const parsed = parseEvent(JSON.parse(entry?.[1][1] ?? ''), { nowMs: Date.now() })
  expect(parsed).toMatchObject({ status: 'valid', event: { data: { order: { id: orderId } } } })
})

proveInEach('over Redis a refusal is one line and an exit code', async ({ command, redis: program }) => {
  const url = `redis://postino-shop-shop:wrong@127.0.0.1:${server.port}`
  const failure: unknown = await run(command, program, { REDIS_URL: url, POSTINO_SHOP: 'shop' }).catch(
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^not accepted.*WRONGPASS.*\n$/),
  })
})

function proveInEach(guarantee: string, prove: (program: (typeof PROGRAMS)[number]) => Promise<void>): void {
  for (const program of PROGRAMS) {
    test(`${program.language}: ${guarantee}`, async ({ skip }) => {
      skip(!isHere(program.command), `${program.command} is not installed here`)
      await prove(program)
    })
  }
}

function isHere(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0
}

async function run(command: string, file: string, settings: Record<string, string>) {
  const env = { PATH: process.env['PATH'] ?? '', ...settings }
  return await promisify(execFile)(command, [EXAMPLES + file], { env })
}
