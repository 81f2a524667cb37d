import type { ClusterOptions, RedisOptions } from 'ioredis'

/**
 * `producer`: a command fails within about a second when Redis is away, so that a request gets its answer.
 * `worker`: a command waits until Redis is back, so that a running job can end. Also right for blocking reads of up
 * to 10 s.
 */
export type RedisRole = 'producer' | 'worker'

/** The settings of a role. What one role sets the other sets too, so that they can be laid over each other. */
export function optionsFor(role: RedisRole): RedisOptions {
  return { ...SHARED, ...(role === 'producer' ? PRODUCER : WORKER) }
}

/** What the cluster as a whole has of a role; its nodes have the rest. */
export function clusterOptionsFor(role: RedisRole): ClusterOptions {
  const capMs = role === 'producer' ? 500 : 1_000
  return {
    clusterRetryStrategy: (attempt) => reconnectDelayMs(attempt, capMs),
    // A try each 100 ms while a node restarts or a replica takes over, which is a matter of some seconds. A producer's are
    // ended by the time-out of its command.
    maxRedirections: Number.MAX_SAFE_INTEGER,
    // A node that moved is found by the answer of the old one, but one that is silent only so.
    slotsRefreshInterval: 5_000,
    slotsRefreshTimeout: 2_000,
    // With it, connecting while some slots have no node never comes to an end, and a worker that waits for it is deaf for
    // good. Without it, commands are answered CLUSTERDOWN for that time, and tried again.
    enableReadyCheck: false,
  }
}

const SHARED: RedisOptions = {
  connectionName: 'postino',
  connectTimeout: 2_000,
  keepAlive: 10_000,
  // A half-open connection (a firewall, a failover) shows itself only by silence. Longer than any blocking read.
  socketTimeout: 20_000,
  // The offline queue carries commands over a restart of a few hundred milliseconds.
  enableOfflineQueue: true,
}

const PRODUCER: RedisOptions = {
  // What still waits at the second failed attempt to reconnect is rejected.
  maxRetriesPerRequest: 1,
  commandTimeout: 3_000,
  retryStrategy: (attempt) => reconnectDelayMs(attempt, 500),
  // 1: reconnect, and let this command fail.
  reconnectOnError: (error) => (isReadOnly(error) ? 1 : false),
}

const WORKER: RedisOptions = {
  maxRetriesPerRequest: null,
  commandTimeout: undefined,
  retryStrategy: (attempt) => reconnectDelayMs(attempt, 1_000),
  // 2: reconnect, and send this command again. The end of a job must not be lost to a failover.
  reconnectOnError: (error) => (isReadOnly(error) ? 2 : false),
}

/** Doubles from 50 ms to the cap; up to 50 ms of chance keeps a hundred processes from coming back in step. */
export function reconnectDelayMs(attempt: number, capMs: number): number {
  return Math.min(50 * 2 ** Math.min(attempt - 1, 10), capMs) + Math.floor(Math.random() * 50)
}

/** After a failover the former primary answers READONLY: the connection has to look for the new one. */
function isReadOnly(error: Error): boolean {
  return error.message.startsWith('READONLY')
}
