import { Cluster } from 'ioredis'
import type { RedisOptions } from 'ioredis'
import { closeRedis } from '../redis/create-redis.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { optionsFor } from '../redis/redis-options.ts'
import { createErrorReporter } from '../redis/report-errors.ts'
import { readStreamsReply, type EntriesBySlug } from './intake-entry.ts'
import { INTAKE_GROUP, intakeKey } from './intake-keys.ts'

/** A stream or its group is not there (any more): prepare them, and read again. */
export class MissingGroupError extends Error {
  override readonly name = 'MissingGroupError'
}

export interface ReadRequest {
  slugs: readonly string[]
  /** Entries of each stream, at most. */
  count: number
  /** How long to wait while all streams are empty. Only where `canWait`. */
  waitMs?: number
}

export interface StreamReader {
  /** A cluster answers for one stream at a time, and cannot wait for the first of several: it has to be asked again. */
  canWait: boolean
  /**
   * Entries nobody has read before; they are this reader's until they are done or taken over. Rejects when the connection is
   * lost meanwhile: what was on the way then is held by this reader all the same.
   *
   * @throws MissingGroupError
   */
  read(request: ReadRequest): Promise<EntriesBySlug>
  close(): Promise<void>
}

const READING: RedisOptions = {
  ...optionsFor('worker'),
  enableAutoPipelining: false,
  // Who reads a stream may have changed while the connection was away: a read ends with it, and is not sent again by itself.
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
}

/** Reads streams, over a connection of its own: a read that waits would hold up other commands. */
export function createStreamReader(options: {
  redis: RedisConnection
  reader: string
  onError: (error: Error) => void
}): StreamReader {
  const { redis: given, reader } = options
  if (given instanceof Cluster) return createClusterReader(given, reader)
  const redis = given.duplicate(READING)
  redis.on('error', createErrorReporter(options.onError))
  return {
    canWait: true,
    read: (request) => readStreams(redis, reader, request),
    close: () => closeRedis(redis),
  }
}

/** Each stream by itself, all at once: dearer, and the only way where they lie in different slots. */
function createClusterReader(redis: RedisConnection, reader: string): StreamReader {
  return {
    canWait: false,
    async read({ slugs, count }) {
      const found = await Promise.all(
        slugs.map((slug) => readStreams(redis, reader, { slugs: [slug], count })),
      )
      return new Map(found.flatMap((each) => [...each]))
    },
    // The connection is everybody's.
    close: async () => undefined,
  }
}

async function readStreams(
  redis: RedisConnection,
  reader: string,
  { slugs, count, waitMs }: ReadRequest,
): Promise<EntriesBySlug> {
  const slugOf = new Map(slugs.map((slug) => [intakeKey(slug), slug]))
  const wanted = [...slugOf.keys(), ...slugs.map(() => '>')]
  try {
    const reply = await (waitMs === undefined
      ? redis.xreadgroupBuffer('GROUP', INTAKE_GROUP, reader, 'COUNT', count, 'STREAMS', ...wanted)
      : redis.xreadgroupBuffer(
          'GROUP',
          INTAKE_GROUP,
          reader,
          'COUNT',
          count,
          'BLOCK',
          waitMs,
          'STREAMS',
          ...wanted,
        ))
    return readStreamsReply(reply, slugOf)
  } catch (error) {
    if (error instanceof Error && /^(?:NOGROUP|UNBLOCKED)/.test(error.message)) {
      throw new MissingGroupError('a stream has no group', { cause: error })
    }
    throw error
  }
}
