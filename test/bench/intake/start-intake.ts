import { freePort } from '@postino/embedded'
import { sql } from 'kysely'
import { startProducer, type Producer } from '../pipeline/producer.ts'
import type { Push, Pushed } from '../pipeline/producer-process.ts'
import { watchCpu } from '../stage/cpu-times.ts'
import type { Shops } from '../stage/seed-shops.ts'
import { openStage, type Stage } from '../stage/stage.ts'
import { waitForEvents } from './wait-for-events.ts'

/** Ingest alone: nobody renders, and its jobs stay in Redis. */
export interface Intake extends AsyncDisposable {
  stage: Stage
  fleet: Shops
  producer: Producer
  push(shops: Shops, run: string, rounds: number, way: 'stream' | 'http'): Promise<Pushed>
  /** From now on; answers microseconds for each of so many events. */
  watchCpu(): ReturnType<typeof watchCpu>
}

/** Events of one request. */
const BATCH = 500
const CONNECTIONS = 8
const WARM_UP = { shops: 40, rounds: 4 }

export async function startIntake(size: { shops: number; chats: number }): Promise<Intake> {
  await using stack = new AsyncDisposableStack()
  const stage = stack.use(await openStage())
  const warmUp = await stage.addShops({ count: WARM_UP.shops, chats: 50, name: 'warm-up' })
  const fleet = await stage.addShops({ count: size.shops, chats: size.chats, name: 'bench' })
  const port = String(await freePort())
  const ingest = await stage.startApp('ingest', { PORT: port, HOST: '127.0.0.1' })
  const producer = stack.use(startProducer())
  const push = (shops: Shops, run: string, rounds: number, way: 'stream' | 'http') =>
    producer.push({
      run,
      firstRound: 1,
      rounds,
      chats: shops.chats,
      shops: shops.shops.map(({ slug, apiKey }) => ({ slug, apiKey })),
      way: wayOf(way, { redisUrl: stage.redisUrl, url: `http://127.0.0.1:${port}` }),
    })
  for (const way of ['stream', 'http'] as const) {
    await push(warmUp, way, WARM_UP.rounds, way)
  }
  await waitForEvents(stage, warmUp, 2 * WARM_UP.shops * 50 * WARM_UP.rounds)
  const owned = stack.move()
  const { postgres, redis } = stage.pids
  return {
    stage,
    fleet,
    producer,
    push,
    watchCpu: () => watchCpu({ producer: producer.pid, ingest: ingest.pid, postgres, redis }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function wayOf(way: 'stream' | 'http', { redisUrl, url }: { redisUrl: string; url: string }): Push['way'] {
  return way === 'stream'
    ? { name: 'stream', redisUrl }
    : { name: 'http', url, batch: BATCH, connections: CONNECTIONS }
}

/** Whether their streams are read; told at once, and noticed by ingest in its own time. */
export async function readStreams(stage: Stage, { shops }: Shops, areRead: boolean): Promise<void> {
  await sql`update shops set stream_intake = ${areRead}
    where id = any (${shops.map(({ id }) => id)}::bigint[])`.execute(stage.database)
}
