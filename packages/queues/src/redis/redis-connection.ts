import type { Cluster, Redis } from 'ioredis'

/** A connection to Redis, or to a Redis Cluster. The name under which the rest of Postino knows ioredis. */
export type RedisConnection = Redis | Cluster
