import { Cluster } from 'ioredis'
import type { Redis } from 'ioredis'
import type { RedisConnection } from './redis-connection.ts'

/** The servers that hold keys: the one, or the primaries of the cluster as far as they are known. */
export function nodesOf(redis: RedisConnection): Redis[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis]
}
