import { switchStreamIntake } from '@postino/database'
import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createClientsUnderTest } from './client-under-test.ts'
import { countRows, createKey } from './ingest-under-test.ts'
import { listTaken, openRedis, startStreamIntake, streamOf } from './stream-under-test.ts'

const EXAMPLES = fileURLToPath(new URL('../../packages/client/examples/', import.meta.url))
const PASSWORD = 'a %+&: password'

const { database, ingestUrl, key, shopId } = await createClientsUnderTest()
const redisUrl = await createTestRedis()
const redis = openRedis(redisUrl)
// A program of the shop's may write to its stream, and nothing else.
const RULES = 'on resetkeys %W~postino:intake:shop -@all +xadd'
await redis.call('acl', 'setuser', 'erp', ...RULES.split(' '), `>${PASSWORD}`)
await switchStreamIntake(database, shopId, true)
startStreamIntake(database, redis)

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

proveInEach(
  'over Redis the event is committed a moment later',
  async ({ command, language, redis: program }) => {
    const settings = { REDIS_URL: urlFor(PASSWORD), POSTINO_SHOP: 'shop', ORDER_ID: `redis-${language}` }
    const { stdout } = await run(command, program, settings)
    expect(stdout).toMatch(new RegExp(`^accepted order-redis-${language}-shipped: entry \\d+-\\d+\n$`))
    const eventId = `order-redis-${language}-shipped`
    await waitUntil(async () => (await listTaken(database, shopId)).includes(eventId))
    await waitUntil(async () => (await redis.xlen(streamOf('shop'))) === 0)
  },
)

proveInEach('over Redis a refusal is one line and an exit code', async ({ command, redis: program }) => {
  const settings = { REDIS_URL: urlFor('wrong'), POSTINO_SHOP: 'shop' }
  const failure: unknown = await run(command, program, settings).catch((error: unknown) => error)
  expect(failure).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^not accepted.*WRONGPASS.*\n$/),
  })
})

function urlFor(password: string): string {
  const { host } = new URL(redisUrl)
  return `redis://erp:${encodeURIComponent(password)}@${host}`
}

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
