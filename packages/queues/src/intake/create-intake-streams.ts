import { Cluster } from 'ioredis'
import { chunksOf } from '../create-bull-queue.ts'
import { closeRedis } from '../redis/create-redis.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { createWorkerConnection } from '../worker/worker-connection.ts'
import { createGroup, rejectEntries, takeOverEntries, type RejectedEntry } from './intake-commands.ts'
import type { IntakeEntry } from './intake-entry.ts'
import { acknowledgeEntries, lookAtStreams, removeConsumers, type StreamState } from './intake-scripts.ts'
import { createStreamReader, type StreamReader } from './stream-reader.ts'

/** The shops' streams, as one reader of the group sees them. Its commands wait while Redis is away. */
export interface IntakeStreams {
  /** The connection of these commands. */
  redis: RedisConnection
  /** Makes the streams and the group where they are not there (yet, or any more): everything in them is read. */
  prepare(slugs: readonly string[]): Promise<void>
  /** With a connection of its own. */
  openReader(): StreamReader
  /** Those that are not empty. */
  look(slugs: readonly string[]): Promise<StreamState[]>
  /** Takes over, in order, what any reader has held for so long; of this one, too. */
  takeOver(slug: string, heldForMs: number): Promise<IntakeEntry[]>
  /** Forgets other readers of these streams that hold nothing. */
  forgetReaders(slugs: readonly string[]): Promise<void>
  /** Takes entries out of their streams for good: whatever they said must be durable by now. */
  acknowledge(ids: ReadonlyMap<string, readonly string[]>): Promise<void>
  /** Tells the shop. A shop's list has its newest 10,000 or some more. */
  reject(entries: readonly RejectedEntry[]): Promise<void>
  close(): Promise<void>
}

/** A script keeps everybody else waiting: some 2 µs a stream. */
const STREAMS_PER_SCRIPT = 500

export function createIntakeStreams(options: {
  /** Any connection to the Redis of the streams; others are made from it. */
  redis: RedisConnection
  reader: string
  onError: (error: Error) => void
}): IntakeStreams {
  const { reader, onError } = options
  const { redis, stopReconnecting } = createWorkerConnection(options.redis, onError)
  // In a cluster the streams of several shops are on several nodes, or at least in several slots.
  const streamsPerScript = redis instanceof Cluster ? 1 : STREAMS_PER_SCRIPT

  async function inChunks(
    slugs: readonly string[],
    work: (chunk: string[]) => Promise<unknown>,
  ): Promise<void> {
    if (redis instanceof Cluster) await Promise.all(slugs.map((slug) => work([slug])))
    else for (const chunk of chunksOf([...slugs], streamsPerScript)) await work(chunk)
  }

  return {
    redis,
    async prepare(slugs) {
      for (const chunk of chunksOf([...slugs], STREAMS_PER_SCRIPT)) {
        await Promise.all(chunk.map((slug) => createGroup(redis, slug)))
      }
    },
    openReader: () => createStreamReader({ redis, reader, onError }),
    async look(slugs) {
      const states: StreamState[] = []
      await inChunks(slugs, async (chunk) => {
        states.push(...(await lookAtStreams(redis, chunk)))
      })
      return states
    },
    takeOver: (slug, heldForMs) => takeOverEntries(redis, reader, { slug, heldForMs }),
    async forgetReaders(slugs) {
      await inChunks(slugs, (chunk) => removeConsumers(redis, chunk, reader))
    },
    async acknowledge(ids) {
      await inChunks([...ids.keys()], (chunk) =>
        acknowledgeEntries(
          redis,
          chunk.map((slug) => ({ slug, ids: ids.get(slug) ?? [] })),
        ),
      )
    },
    reject: (entries) => rejectEntries(redis, entries),
    async close() {
      stopReconnecting()
      await closeRedis(redis)
    },
  }
}
