import type { Database } from '@postino/database'
import { Redis } from 'ioredis'
import { sql } from 'kysely'

/** Every row of every table, as text. */
export async function dumpPostgres(db: Database): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
    db,
  )
  const lines: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{
      line: string
    }>`select row_to_json(each)::text as line from ${sql.table(name)} each`.execute(db)
    lines.push(...rows.map(({ line }) => `${name}: ${line}`))
  }
  return lines
}

/** Every key of Redis with its value. */
export async function dumpRedis(url: string): Promise<string[]> {
  return await withRedis(url, async (redis) => {
    const lines: string[] = []
    for (const key of await redis.keys('*')) lines.push(`${key}: ${await readKey(redis, key)}`)
    return lines
  })
}

/** The milliseconds that are left to every key whose value has this word; -1: for ever. */
export async function listLifetimes(url: string, word: string): Promise<number[]> {
  return await withRedis(url, async (redis) => {
    const lifetimes: number[] = []
    for (const key of await redis.keys('*'))
      if ((await readKey(redis, key)).includes(word)) lifetimes.push(await redis.pttl(key))
    return lifetimes
  })
}

/** As if the time of every key that has one were over. */
export async function expireRedis(url: string): Promise<void> {
  await withRedis(url, async (redis) => {
    for (const key of await redis.keys('*')) if ((await redis.pttl(key)) >= 0) await redis.del(key)
  })
}

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url)
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

async function readKey(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'string':
      return (await redis.get(key)) ?? ''
    case 'hash':
      return JSON.stringify(await redis.hgetall(key))
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1))
    case 'set':
      return JSON.stringify(await redis.smembers(key))
    case 'zset':
      return JSON.stringify(await redis.zrange(key, '0', '-1'))
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'))
    default:
      return ''
  }
}
