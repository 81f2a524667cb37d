import { createTurnState, pingRedis } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type Stage, type TestPerson } from './pipeline-under-test.ts'
import {
  eventually,
  useQueueDepths,
  useRedis,
  useRenderQueue,
  useRenderWorker,
  useTurnQueue,
  useTurnWorker,
} from './queues-under-test.ts'
import { createTestRedisCluster } from './redis-cluster.ts'
import { createTurnLedger } from './turn-ledger.ts'

const SHARDS = 3
const KEY_OF_OURS = '{postino-1}:turn-alarms'

const cluster = await createTestRedisCluster()
const { url, nodes } = cluster

/** As an installation would have spread them. */
async function findShards(botIds: string[]): Promise<Map<string, number>> {
  return new Map(botIds.map((botId) => [botId, Number(botId) % SHARDS]))
}

test('three shards have three slots, on three nodes', async () => {
  const primaries = await Promise.all([0, 1, 2].map((shard) => cluster.findPrimary(`{postino-${shard}}:any`)))
  expect(new Set(primaries).size).toBe(3)
})

const BOT = { botId: '1', shard: 1 }

function notesFor(people: TestPerson[], from: number, to: number): Note[] {
  return Array.from({ length: to - from }, (_, index) =>
    people.map((person) => ({ to: person, text: `#${from + index}` })),
  ).flat()
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `#${index}`)
}

test('wakes, alarms, turn state, render jobs and depths work, and every key carries the tag of its shard', async () => {
  const redis = useRedis(url)
  await pingRedis(redis, 5_000)
  const ledger = createTurnLedger()
  const retried = new Set<string>()
  const rendered: string[] = []
  useTurnWorker(url, {
    shards: SHARDS,
    process: async (turn) =>
      ledger.during(turn, async () => {
        if (retried.has(turn.botId)) return {}
        retried.add(turn.botId)
        return { nextTurnInMs: 20 }
      }),
  })
  const failsOnce = vi.fn(async () => undefined).mockRejectedValueOnce(new Error('once'))
  useRenderWorker(url, {
    shards: SHARDS,
    process: async (ids) => {
      await failsOnce()
      rendered.push(...ids)
    },
  })
  const queue = useTurnQueue(url, { shards: SHARDS, findShards })
  for (let round = 0; round < 300; round++) {
    const turn = { shopId: '1', botId: String(1 + (round % 25)) }
    ledger.wanted(turn)
    await queue.wake([turn], { delayMs: round % 4 === 0 ? round % 50 : 0 })
  }
  const messageIds = Array.from({ length: 500 }, (_, index) => String(index + 1))
  await useRenderQueue(url, SHARDS).add(messageIds)
  const state = createTurnState({ redis, shards: SHARDS })
  await state.save(BOT, 'value', 60_000)

  await eventually(() => expect(ledger.unserved()).toEqual([]))
  await eventually(() => expect(rendered).toHaveLength(500))
  expect(ledger.overlapping()).toEqual([])
  expect(rendered.toSorted()).toEqual(messageIds.toSorted())
  expect([await state.take(BOT), await state.take(BOT)]).toEqual(['value', undefined])
  const depths = useQueueDepths(url, SHARDS)
  await eventually(async () => expect((await depths.read()).turns).toMatchObject({ waiting: 0, failed: 0 }))
  const keys = await Promise.all(nodes.map(({ client }) => client.keys('*')))
  // One shard is one node's work: each node has keys of one.
  const tags = keys.map((some) => [...new Set(some.map((key) => /^\{postino-\d\}(?=:)/.exec(key)?.[0]))])
  expect(new Set(tags.flat())).toEqual(new Set(['{postino-0}', '{postino-1}', '{postino-2}']))
  expect(Math.max(...tags.map((some) => some.length))).toBe(1)
})

/** Four people each with three bots, which the installation has spread. */
async function addPeopleOfEachShard(stage: Stage): Promise<TestPerson[]> {
  const bots = [await stage.addBot(), await stage.addBot(), await stage.addBot()]
  const rows = await stage.database.selectFrom('bots').select('shard').orderBy('shard').execute()
  expect(rows.map(({ shard }) => shard)).toEqual([0, 1, 2])
  return (await Promise.all(bots.map((bot) => stage.addPeople(bot, 4)))).flat()
}

/** How soon all is well again depends on the machine; that it is, does not. */
const PATIENCE = { timeoutMs: 60_000 }

test('events are rendered and sent by processes that know one node of the cluster, and they end when they are asked to', async () => {
  const stage = await createStage(undefined, { redisUrl: url, shards: SHARDS })
  const processes = await Promise.all([stage.startProcess('renderer'), stage.startProcess('sender')])
  const people = await addPeopleOfEachShard(stage)

  const messages = await stage.waitForEnd(await stage.accept(notesFor(people, 0, 5)))

  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  for (const person of people) expect(stage.textsOf(person)).toEqual(numbers(5))
  for (const process of processes) {
    process.kill('SIGTERM')
    expect(await process.ended).toEqual({ code: 0, signal: null })
  }
})

test('when a replica takes over, and when a node ends and comes back, everything is sent once and in order', async () => {
  const primary = await cluster.findPrimary(KEY_OF_OURS)
  const replica = await cluster.replicate(primary)
  const stage = await createStage(undefined, { redisUrl: url, shards: SHARDS })
  stage.emulator.faults.add({ fault: { kind: 'latency', min_ms: 10, max_ms: 50 } })
  stage.startRenderer()
  stage.startSender({ resendSeconds: 45 })
  stage.startScheduler({ sweepSeconds: 0.3, forgottenSeconds: 1 })
  const people = await addPeopleOfEachShard(stage)
  const ids = await stage.accept(notesFor(people, 0, 3))
  await waitUntil(() => stage.emulator.report().ok >= 5)

  await replica.client.call('CLUSTER', 'FAILOVER')
  await waitUntil(async () => (await replica.client.info('replication')).includes('role:master'))
  // By clients that still know the old one; what it refuses in its last moment is found by the sweeper.
  const meanwhile = await stage.acceptOnly(notesFor(people, 3, 6))
  await stage.enqueue(meanwhile).catch(() => undefined)
  ids.push(...meanwhile)
  await stage.waitForEnd(ids, PATIENCE)
  await replica.restart()
  ids.push(...(await stage.acceptOnly(notesFor(people, 6, 8))))

  const messages = await stage.waitForEnd(ids, PATIENCE)
  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  expect(stage.emulator.report()).toMatchObject({ duplicate_count: 0 })
  for (const person of people) expect(stage.textsOf(person)).toEqual(numbers(8))
}, 150_000)

test('a cluster that is gone fails a producer within seconds, and is used again when it is back', async () => {
  const redis = useRedis(url)
  const queue = useTurnQueue(url, { shards: SHARDS, findShards })
  const turns = vi.fn(async () => ({}))
  useTurnWorker(url, { shards: SHARDS, process: turns })
  await queue.wake([{ shopId: '1', botId: '1' }])
  await eventually(() => expect(turns).toHaveBeenCalledTimes(1))

  await Promise.all(nodes.map((node) => node.stop()))
  await Promise.all([
    expect(queue.wake([{ shopId: '1', botId: '2' }])).rejects.toThrow(),
    expect(createTurnState({ redis, shards: SHARDS }).take(BOT)).rejects.toThrow(),
    expect(pingRedis(redis)).rejects.toThrow(),
  ])
  await Promise.all(nodes.map((node) => node.restart()))
  await eventually(() => queue.wake([{ shopId: '1', botId: '3' }]))
  await eventually(() =>
    expect(turns).toHaveBeenCalledWith({ shopId: '1', botId: '3', shard: 0 }, expect.anything()),
  )
  await pingRedis(redis, 5_000)
}, 60_000)
