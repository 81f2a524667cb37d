import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { freePort } from '@postino/embedded'
import { Redis } from 'ioredis'
import { atEnd } from '../support/at-end.ts'
import { makeFolder } from '../support/make-folder.ts'
import { waitUntil } from '../support/wait-until.ts'
import { startRedisServer, type RedisServer } from './redis-server.ts'

const SLOTS = 16_384

export interface TestRedisCluster {
  /** Names the first node only: the others are to be found by it. */
  url: string
  nodes: TestRedisNode[]
  /** The primary that has this key. */
  findPrimary(key: string): Promise<TestRedisNode>
  /** Makes the spare node a replica of this one, and waits until it has everything. */
  replicate(primary: TestRedisNode): Promise<TestRedisNode>
}

export interface TestRedisNode {
  client: Redis
  /** Ends at once. */
  stop(): Promise<void>
  /** Ends at once and starts again, with what it had written. */
  restart(): Promise<void>
}

/** A Redis Cluster of three primaries and a spare node, with a password, gone at the end of the test or file. About two seconds. */
export async function createTestRedisCluster(): Promise<TestRedisCluster> {
  const password = randomBytes(12).toString('hex')
  const nodes = await Promise.all([0, 1, 2, 3].map(() => startNode(password)))
  const [first, ...others] = nodes.map(({ client }) => client)
  assert(first !== undefined)
  for (const [index, { client }] of nodes.entries()) {
    // Without epochs of their own they would first argue about them.
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1))
    if (index === 3) continue
    const [from, to] = [index, index + 1].map((third) => Math.floor((third * SLOTS) / 3))
    await client.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String(Number(to) - 1))
  }
  for (const other of others) {
    const port = String(other.options.port)
    await first.call('CLUSTER', 'MEET', '127.0.0.1', port, await readBusPort(other))
  }
  for (const { client } of nodes) await waitUntil(async () => (await readInfo(client)).includes(':ok'))
  for (const { client } of nodes)
    await waitUntil(async () => (await listNodes(client)).length === nodes.length)

  return {
    url: `redis+cluster://:${password}@127.0.0.1:${first.options.port}`,
    nodes,
    async findPrimary(key) {
      const slot = await first.cluster('KEYSLOT', key)
      const ranges = await first.cluster('SLOTS')
      const range = ranges.find(([from, to]) => from <= slot && slot <= to)
      const [, port] = Object(range?.[2])
      const node = nodes.find(({ client }) => client.options.port === port)
      assert(node !== undefined)
      return node
    },
    async replicate(primary) {
      const spare = nodes[3]
      assert(spare !== undefined)
      await spare.client.call('CLUSTER', 'REPLICATE', await readId(primary.client))
      await waitUntil(async () => (await spare.client.info('replication')).includes('master_link_status:up'))
      // It may take over once all know what it is.
      for (const { client } of nodes) {
        await waitUntil(async () =>
          (await listNodes(client)).some((line) => / (?:myself,)?slave /.test(line)),
        )
      }
      return spare
    },
  }
}

async function startNode(password: string): Promise<TestRedisNode> {
  const [port, busPort] = [await freePort(), await freePort()]
  const settings = Object.entries({
    'cluster-enabled': 'yes',
    'cluster-port': String(busPort),
    'cluster-node-timeout': '2000',
    requirepass: password,
    masterauth: password,
    dir: makeFolder(),
    appendonly: 'yes',
    // A replica is given everything at once, instead of waiting for others that may ask as well.
    'repl-diskless-sync-delay': '0',
  }).flatMap(([name, value]) => [`--${name}`, value])
  let server: RedisServer = await startRedisServer({ port, settings })
  atEnd(() => server.stop())
  const client = new Redis({ host: '127.0.0.1', port, password, maxRetriesPerRequest: null })
  client.on('error', () => undefined)
  atEnd(() => client.disconnect())
  return {
    client,
    stop: () => server.stop(),
    async restart() {
      await server.stop()
      server = await startRedisServer({ port, settings })
    },
  }
}

async function readInfo(client: Redis): Promise<string> {
  return /cluster_state:\w+/.exec(await client.cluster('INFO'))?.[0] ?? ''
}

async function readId(client: Redis): Promise<string> {
  return String(await client.call('CLUSTER', 'MYID'))
}

/** Those it is in contact with, itself among them. */
async function listNodes(client: Redis): Promise<string[]> {
  const lines = String(await client.call('CLUSTER', 'NODES'))
    .trim()
    .split('\n')
  return lines.filter((line) => / connected/.test(line) && !line.includes('handshake'))
}

async function readBusPort(client: Redis): Promise<string> {
  const own = (await listNodes(client)).find((line) => line.includes('myself'))
  return /@(\d+)/.exec(own ?? '')?.[1] ?? ''
}
