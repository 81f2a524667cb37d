import { join } from 'node:path'
import { FolderInUseError, startRedis, type RedisOptions } from '@postino/embedded'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { makeFolder } from '../support/make-folder.ts'
import { startNode } from '../support/start-node.ts'

async function start(options: RedisOptions) {
  const redis = await startRedis(options)
  atEnd(() => redis.stop())
  return redis
}

function connect(url: string): Redis {
  const redis = new Redis(url)
  atEnd(() => redis.disconnect())
  return redis
}

test('keys in a folder are there again after a stop and a start', async () => {
  const folder = join(makeFolder(), `it's "so" long ${'x'.repeat(200)}`)
  const first = await start({ folder })
  const client = connect(first.url)
  await client.set('word', 'so')
  client.disconnect()
  await first.stop()
  await first.stop()

  const second = await start({ folder })
  expect(await connect(second.url).get('word')).toBe('so')
})

test('a second server on one append-only file is refused, and the first goes on', async () => {
  const folder = makeFolder()
  const first = await start({ folder })
  await expect(start({ folder })).rejects.toBeInstanceOf(FolderInUseError)
  expect(await connect(first.url).ping()).toBe('PONG')
})

test('the server ends with a process that is killed, and keeps what it had confirmed', async () => {
  const folder = makeFolder()
  const holder = startNode(new URL('./embedded-process.ts', import.meta.url), { args: ['', folder] })
  const { redisUrl } = await holder.waitForField('redisUrl')
  const client = connect(String(redisUrl))
  await client.set('word', 'so')
  client.disconnect()
  holder.kill('SIGKILL')
  await holder.ended

  const next = await start({ folder })
  expect(await connect(next.url).get('word')).toBe('so')
})

test('nobody gets in without the password, and a full memory forgets nothing', async () => {
  const { url, port } = await start({})
  const stranger = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null })
  stranger.on('error', () => undefined)
  atEnd(() => stranger.disconnect())
  await expect(stranger.get('word')).rejects.toThrow(/NOAUTH/)
  const client = connect(url)
  expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
})
