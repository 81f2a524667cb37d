import { Cluster } from 'ioredis'
import type { ClusterAddress } from './redis-address.ts'
import { clusterOptionsFor, optionsFor } from './redis-options.ts'
import type { RedisRole } from './redis-options.ts'

/**
 * Connects to a Redis Cluster, which is one connection to each node that is spoken to, and one more that ioredis keeps for
 * subscriptions. A node that fails is asked again every 100 ms, and whoever has its slots by then answers.
 */
export function connectToCluster(address: ClusterAddress, role: RedisRole): Cluster {
  const { nodes, username, password, isEncrypted } = address
  const cluster = new Cluster(nodes, {
    ...clusterOptionsFor(role),
    // Names stay names, for the certificates of TLS; each connection looks its own up.
    dnsLookup: (host, callback) => callback(null, host),
    redisOptions: { ...optionsFor(role), username, password, ...(isEncrypted && { tls: {} }) },
  })
  const { commandTimeout } = optionsFor(role)
  if (commandTimeout !== undefined) limitCommands(cluster, commandTimeout)
  return cluster
}

/** The limit of a node's connection counts from the moment a command is sent: waiting for a cluster to come back has none. */
function limitCommands(cluster: Cluster, timeoutMs: number): void {
  const send = cluster.sendCommand.bind(cluster)
  cluster.sendCommand = (command, stream, node) => {
    command.setTimeout(timeoutMs)
    return send(command, stream, node)
  }
}
