import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { typeCommand } from './command-line.ts'
import { createShop, openDatabase, orderEvent } from './ingest-under-test.ts'
import { startRedisServer } from './redis-server.ts'
import { listTaken, openRedis, startStreamIntake } from './stream-under-test.ts'

const databaseUrl = await createTestDatabase()
const database = openDatabase(databaseUrl)
let server = await startRedisServer()
atEnd(() => server.stop())
const { port } = server
const redis = openRedis(server.url)
const env = { DATABASE_URL: databaseUrl, REDIS_URL: 'redis://127.0.0.1:1', INTAKE_REDIS_URL: server.url }

/** As a shop's own program connects. */
function connect(url: string): Redis {
  const client = new Redis(url, {
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  client.on('error', () => undefined)
  atEnd(() => client.disconnect())
  return client
}

const add = (client: Redis, id: string) =>
  client.xadd('postino:intake:shop', '*', 'event', JSON.stringify(orderEvent(id)))

const FORBIDDEN = [
  'XADD postino:intake:other * event {}',
  'XADD postino:rejected:shop * event {}',
  'XREAD STREAMS postino:intake:shop 0',
  'XRANGE postino:intake:shop - +',
  'XLEN postino:intake:shop',
  'XDEL postino:intake:shop 0-1',
  'XTRIM postino:intake:shop MAXLEN 0',
  'XREADGROUP GROUP postino me STREAMS postino:intake:shop >',
  'XGROUP DESTROY postino:intake:shop postino',
  'DEL postino:intake:shop',
  'GET {postino}:render:meta',
  'EVAL return(1) 0',
  'KEYS *',
  'SCAN 0',
  'INFO',
  'SUBSCRIBE x',
  'PUBLISH x y',
  'SELECT 1',
  'CONFIG GET *',
  'ACL LIST',
  'CLIENT LIST',
  'MULTI',
  'FLUSHALL',
  'SHUTDOWN',
]

test('it adds to its own stream and is refused all else; Redis gets it back after a restart; rotation and revocation end it', async () => {
  const { shopId } = await createShop(database, 'shop')
  const made = await typeCommand(['shop', 'redis-user', 'shop'], env)
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('not shown again') })
  expect(made.out).toMatch(new RegExp(`^redis://postino-shop-shop:[\\w-]{32}@127.0.0.1:${port}$`))
  startStreamIntake(database, redis)

  const client = connect(made.out)
  await client.client('SETNAME', 'shop')
  expect(await client.ping()).toBe('PONG')
  await add(client, 'first')
  await waitUntil(async () => (await listTaken(database, shopId)).length === 1)
  const answers = await Promise.all(
    FORBIDDEN.map((line) => {
      const [command = '', ...args] = line.split(' ')
      return client.call(command, ...args).then(
        () => `${line} was done`,
        (error: Error) => error.message.slice(0, 6),
      )
    }),
  )
  expect(answers).toEqual(FORBIDDEN.map(() => 'NOPERM'))

  // Users are gone with the process; so is what Redis had in memory.
  await server.stop()
  server = await startRedisServer({ port })
  const again = await waitUntil(async () => {
    const next = connect(made.out)
    await add(next, 'second')
    return next
  })
  await waitUntil(async () => (await listTaken(database, shopId)).join() === 'first,second')

  expect(await typeCommand(['shop', 'redis-user', 'shop'], env)).toMatchObject({ code: 1 })
  const rotated = await typeCommand(['shop', 'redis-user', 'shop', '--rotate', '--overlap', '5s'], env)
  await Promise.all([add(connect(rotated.out), 'third'), add(connect(made.out), 'fourth')])
  await waitUntil(async () => {
    await expect(add(connect(made.out), 'too-late')).rejects.toThrow()
    return true
  })
  await add(connect(rotated.out), 'fifth')
  expect(await typeCommand(['shop', 'redis-user', 'shop', '--revoke'], env)).toMatchObject({ code: 0 })
  await expect(add(connect(rotated.out), 'never')).rejects.toThrow()
  await expect(add(again, 'never')).rejects.toThrow()
}, 60_000)

test('a Postino whose own Redis user may not make users says what whoever runs Redis has to do', async () => {
  await createShop(database, 'careful')
  await redis.call('ACL', 'SETUSER', 'weak', 'on', '>weak', '~*', '+@all', '-acl')
  const made = await typeCommand(['shop', 'redis-user', 'careful'], {
    ...env,
    INTAKE_REDIS_URL: `redis://weak:weak@127.0.0.1:${port}`,
  })
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('postino-shop-careful:') })
  expect(made.err).toMatch(
    /aclfile: user postino-shop-careful reset on #[0-9a-f]{64} .*%W~postino:intake:careful/,
  )
})
