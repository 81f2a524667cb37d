import { createPostino, RefusedError, UnavailableError, type RedisSettings } from '@postino/client'
import { Cluster, Redis } from 'ioredis'
import { once } from 'node:events'
import { createConnection, createServer } from 'node:net'
import { inspect } from 'node:util'
import { expect, test, vi } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { waitUntil } from '../support/wait-until.ts'
import { shopEvent } from './client-under-test.ts'
import { createTestRedisCluster } from './redis-cluster.ts'
import { startRedisServer } from './redis-server.ts'

const PASSWORD = 'correct-horse-battery'
const STREAM = 'postino:intake:shop'

const server = await startRedisServer()
atEnd(() => server.stop())
const redis = connect(server.url)
// What a shop's user gets: it may write to its stream, and nothing else.
const RULES = `on >${PASSWORD} resetkeys %W~${STREAM} resetchannels -@all +xadd +ping`
await redis.call('acl', 'setuser', 'postino-shop-shop', ...RULES.split(' '))

function connect(url: string): Redis {
  const client = new Redis(url)
  client.on('error', () => undefined)
  atEnd(() => client.disconnect())
  return client
}

function createClient(settings: Partial<RedisSettings> = {}) {
  const url = server.url.replace('redis://', `redis://postino-shop-shop:${PASSWORD}@`)
  const postino = createPostino({ redis: url, shop: 'shop', ...settings })
  atEnd(() => postino.close({ withinMs: 0 }))
  return postino
}

async function entries(client = redis): Promise<[string, unknown][]> {
  const range = await client.xrange(STREAM, '-', '+')
  return range.map(([id, fields]) => {
    expect(fields[0]).toBe('event')
    return [id, JSON.parse(fields[1] ?? '')]
  })
}

test('one entry an event, in order, by a user who may do nothing else', async () => {
  const warn = vi.spyOn(console, 'warn')
  const postino = createClient()
  const accepted = await Promise.all(['a', 'b', 'c'].map((id) => postino.send(shopEvent(id))))
  expect(accepted.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  const written = await entries()
  expect(written.map(([id]) => id)).toEqual(accepted.map(({ entryId }) => entryId))
  expect(written[0]?.[1]).toEqual(JSON.parse(JSON.stringify(shopEvent('a'))))
  expect(warn).not.toHaveBeenCalled()
})

test('a client of the shop’s own is used, and left open', async () => {
  const own = connect(server.url)
  const postino = createPostino({ redis: own, shop: 'shop' })
  await postino.send(shopEvent('over-its-own'))
  await postino.close()
  expect(await own.ping()).toBe('PONG')
})

test('a Redis that goes away and comes back loses nothing', async () => {
  const first = await startRedisServer()
  const postino = createClient({ redis: first.url })
  await postino.send(shopEvent('before'))
  await first.stop()
  const sent = postino.sendBatch(Array.from({ length: 1_100 }, (_, index) => shopEvent(`away-${index}`)))
  const again = await startRedisServer({ port: first.port })
  atEnd(() => again.stop())
  const results = await sent
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['accepted']))
  const ids = (await entries(connect(again.url))).map(([, event]) => Object(event).id)
  expect(new Set(ids)).toEqual(new Set(results.map(({ id }) => id)))
})

test('a connection that says nothing more is left for another', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  atEnd(() => silent.close())
  await once(silent, 'listening')
  const { port } = new URL(server.url)
  // The first connection leads nowhere, as when a line is cut; the others arrive.
  let connections = 0
  silent.on('connection', (socket) => {
    socket.on('error', () => socket.destroy())
    if (connections++ > 0) socket.pipe(createConnection(Number(port), '127.0.0.1')).pipe(socket)
  })
  const reasons: string[] = []
  const postino = createClient({
    redis: `redis://127.0.0.1:${Object(silent.address()).port}`,
    attemptTimeoutMs: 500,
    onRetry: ({ reason }) => reasons.push(reason),
  })
  expect(await postino.send(shopEvent('behind-silence'))).toMatchObject({ status: 'accepted' })
  expect(reasons[0]).toBe('no answer within 500 ms')
  expect(connections).toBeGreaterThan(1)
  await postino.close()
})

test('a cluster takes it as one Redis does', async () => {
  const cluster = await createTestRedisCluster()
  const { hostname: host, port, password } = new URL(cluster.url)
  const own = new Cluster([{ host, port: Number(port) }], { redisOptions: { password } })
  atEnd(() => own.disconnect())
  const postino = createClient({ redis: own })
  const results = await postino.sendBatch(['a', 'b', 'c'].map((id) => shopEvent(id)))
  expect(results).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }, { status: 'accepted' }])
  const { client } = await cluster.findPrimary(STREAM)
  expect((await entries(client)).map(([, event]) => Object(event).id)).toEqual(['a', 'b', 'c'])
})

test('a full Redis is waited for, what is wrong for good is not', async () => {
  await redis.config('SET', 'maxmemory', '1')
  const retries: string[] = []
  const postino = createClient({ onRetry: ({ reason }) => retries.push(reason) })
  const sent = postino.send(shopEvent('full'))
  await waitUntil(() => retries.length > 0)
  await redis.config('SET', 'maxmemory', '0')
  expect(await sent).toMatchObject({ status: 'accepted', id: 'full' })
  expect(retries[0]).toMatch(/^OOM /)

  const elsewhere = createClient({ shop: 'other' })
  await expect(elsewhere.send(shopEvent('elsewhere'))).rejects.toThrow(RefusedError)
})

test('no error shows the password or the event', async () => {
  const wrong = server.url.replace('redis://', 'redis://postino-shop-shop:wrong-secret@')
  const away = 'redis://postino-shop-shop:wrong-secret@127.0.0.1:9'
  const errors = await Promise.all(
    [createClient({ redis: wrong }), createClient({ redis: away, retryForMs: 200 })].map((postino) =>
      postino.send(shopEvent('secret', 'nobody else’s business')).catch((error: unknown) => error),
    ),
  )
  expect(errors).toMatchObject([
    { name: RefusedError.name, message: expect.stringContaining('WRONGPASS') },
    { name: UnavailableError.name, message: expect.stringContaining('ECONNREFUSED') },
  ])
  expect(inspect(errors, { depth: 20, showHidden: true })).not.toMatch(/wrong-secret|business/)
})
