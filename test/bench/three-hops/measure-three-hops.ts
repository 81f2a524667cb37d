import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { startRedis } from '@postino/embedded'
import { Redis } from 'ioredis'
import type { BenchRow } from '../bench.ts'
import { startProducer } from '../pipeline/producer.ts'
import type { Push } from '../pipeline/producer-process.ts'
import { watchCpu } from '../stage/cpu-times.ts'

/** As of the pipeline. */
const WARM_UP_SHARE = 0.5
const SHOPS = 300

/**
 * The peer: jobs with the same events go through three queues, each with a worker in a process of its own that does nothing but
 * add them to the next one. From the first push to the end of the last job. Nothing of ours is in it.
 */
export async function measureThreeHops({
  events,
  concurrency,
}: {
  events: number
  concurrency: number
}): Promise<BenchRow & { perSecond: number; sumCpuUs: number }> {
  await using stack = new AsyncDisposableStack()
  const redis = stack.adopt(await startRedis(), (server) => server.stop())
  const producer = stack.use(startProducer())
  const hops = await Promise.all(
    ['hop-2', 'hop-3', ''].map((to, index) =>
      startHop([redis.url, `hop-${index + 1}`, to, String(concurrency)], stack),
    ),
  )
  const [hop1, hop2, hop3] = hops.map(({ pid = 0 }) => pid)
  const pids = { producer: producer.pid, hop1: hop1 ?? 0, hop2: hop2 ?? 0, hop3: hop3 ?? 0 }
  const last = hops.at(-1)
  if (last === undefined) throw new Error('three were started')
  const through = async (rounds: number) => {
    const ended = once(last, 'message')
    last.send({ wanted: rounds * SHOPS })
    const { firstAtMs } = await producer.push(pushOf(redis.url, rounds))
    const [{ lastAtMs }] = (await ended) as [{ lastAtMs: number }]
    return (lastAtMs - firstAtMs) / 1_000
  }
  const rounds = events / SHOPS
  await through(Math.ceil(rounds * WARM_UP_SHARE))
  const cpuUs = watchCpu({ ...pids, redis: await pidOfRedis(redis.url) })
  const seconds = await through(rounds)
  const cpu = cpuUs(events)
  const perSecond = events / seconds
  return {
    name: `three empty BullMQ hops, ${concurrency} at a time`,
    peer: true,
    messages: events,
    seconds,
    perSecond,
    ratio: 1,
    ...cpu,
    load: loadavg()[0] ?? Number.NaN,
  }
}

function pushOf(redisUrl: string, rounds: number): Push {
  const shops = Array.from({ length: SHOPS }, () => ({ slug: '', apiKey: '' }))
  return {
    run: 'hops',
    shops,
    chats: 1,
    firstRound: 1,
    rounds,
    way: { name: 'jobs', redisUrl, queue: 'hop-1' },
  }
}

async function startHop(args: string[], stack: AsyncDisposableStack): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('hop-process.ts', import.meta.url)), args)
  stack.defer(async () => {
    const ended = once(child, 'exit')
    child.disconnect()
    await ended
  })
  await once(child, 'message')
  return child
}

async function pidOfRedis(url: string): Promise<number> {
  const redis = new Redis(url)
  const info = await redis.info('server')
  await redis.quit()
  return Number(/process_id:(\d+)/.exec(info)?.[1])
}
