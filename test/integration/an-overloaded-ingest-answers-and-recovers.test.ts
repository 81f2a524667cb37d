import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'
import { countRows, createShop, openDatabase, orderEvent } from './ingest-under-test.ts'
import { startRedisServer } from './redis-server.ts'
import { startSlowRelay } from './slow-relay.ts'

const MAIN = new URL('../../apps/ingest/src/main.ts', import.meta.url)

async function startIngest(databaseUrl: string, redisUrl: string) {
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    PORT: '0',
    HEALTH_PORT: '0',
    LOG_LEVEL: 'info',
  }
  const process = startNode(MAIN, { env })
  const { address } = await process.waitForField('address')
  return { process, url: `${String(address)}/v1/events` }
}

let count = 0

/** A batch of twenty events that nobody has sent before. */
async function send(url: string, headers: object): Promise<{ status: number; retryAfter: string | null }> {
  const events = Array.from({ length: 20 }, () => orderEvent(`evt-${count++}`))
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  })
  await response.arrayBuffer()
  return { status: response.status, retryAfter: response.headers.get('retry-after') }
}

function residentMebibytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

test('a flood on a Postgres that is slow is answered 503 with the time to come back, in bounded memory, and ends by itself', async () => {
  const databaseUrl = await createTestDatabase()
  const database = openDatabase(databaseUrl)
  const shops = await Promise.all(['one', 'two', 'three'].map((slug) => createShop(database, slug)))
  const target = new URL(databaseUrl)
  const relay = await startSlowRelay(Number(target.port))
  target.host = `127.0.0.1:${relay.port}`
  const { process, url } = await startIngest(target.href, await createTestRedis())
  const first = await send(url, shops[0]!.headers)
  expect(first.status).toBe(202)
  const beforeMebibytes = residentMebibytes(process.pid)

  relay.setDelay(2_000)
  const until = performance.now() + 8_000
  const answers: { status: number; retryAfter: string | null }[] = []
  let mostMebibytes = 0
  const clients = Array.from({ length: 400 }, async (_, index) => {
    while (performance.now() < until) {
      const answer = await send(url, shops[index % 3]!.headers)
      answers.push(answer)
      mostMebibytes = Math.max(mostMebibytes, residentMebibytes(process.pid))
      if (answer.status !== 202) await sleep(200)
    }
  })
  await Promise.all(clients)

  const refused = answers.filter(({ status }) => status !== 202)
  expect(refused.length).toBeGreaterThan(0)
  for (const { status, retryAfter } of refused) {
    expect([429, 503]).toContain(status)
    expect(Number(retryAfter)).toBeGreaterThan(0)
  }
  expect(mostMebibytes - beforeMebibytes).toBeLessThan(256)
  relay.setDelay(0)
  await waitUntil(async () => (await send(url, shops[0]!.headers)).status === 202, { timeoutMs: 15_000 })
}, 60_000)

test('a Redis that hangs keeps no answer back, and what it could not be asked is left to the sweeper', async () => {
  const databaseUrl = await createTestDatabase()
  const database = openDatabase(databaseUrl)
  const { headers } = await createShop(database, 'shop')
  const redis = await startRedisServer()
  atEnd(() => redis.stop())
  const { process, url } = await startIngest(databaseUrl, redis.url)
  expect((await send(url, headers)).status).toBe(202)
  redis.freeze()
  atEnd(() => redis.thaw())
  const begunAtMs = performance.now()
  for (let round = 0; round < 20; round++) expect((await send(url, headers)).status).toBe(202)
  // One waits for Redis, and the others do not.
  expect(performance.now() - begunAtMs).toBeLessThan(10_000)
  await waitUntil(async () => process.lines().some(({ msg }) => msg === 'messages.left_to_sweeper'))
  expect(await countRows(database)).toEqual({ events: 420, messages: 420 })
}, 60_000)
