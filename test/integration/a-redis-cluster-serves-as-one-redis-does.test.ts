import { createTurnState, pingRedis } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type TestPerson } from './pipeline-under-test.ts'
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

const KEY_OF_OURS = '{postino}:turn-alarms'

const cluster = await createTestRedisCluster()
const { url, nodes } = cluster

function notesFor(people: TestPerson[], from: number, to: number): Note[] {
  return Array.from({ length: to - from }, (_, index) =>
    people.map((person) => ({ to: person, text: `#${from + index}` })),
  ).flat()
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `#${index}`)
}

test('wakes, alarms, turn state, render jobs and depths work, and every key carries the hash tag', async () => {
  const redis = useRedis(url)
  await pingRedis(redis, 5_000)
  const ledger = createTurnLedger()
  const retried = new Set<string>()
  const rendered: string[] = []
  useTurnWorker(url, {
    process: async (turn) =>
      ledger.during(turn, async () => {
        if (retried.has(turn.botId)) return {}
        retried.add(turn.botId)
        return { nextTurnInMs: 20 }
      }),
  })
  const failsOnce = vi.fn(async () => undefined).mockRejectedValueOnce(new Error('once'))
  useRenderWorker(url, {
    process: async (ids) => {
      await failsOnce()
      rendered.push(...ids)
    },
  })
  const queue = useTurnQueue(url)
  for (let round = 0; round < 300; round++) {
    const turn = { shopId: '1', botId: String(1 + (round % 25)) }
    ledger.wanted(turn)
    await queue.wake([turn], { delayMs: round % 4 === 0 ? round % 50 : 0 })
  }
  const messageIds = Array.from({ length: 500 }, (_, index) => String(index + 1))
  await useRenderQueue(url).add(messageIds)
  const state = createTurnState({ redis })
  await state.save({ botId: '1', shard: 0 }, 'value', 60_000)

  await eventually(() => expect(ledger.unserved()).toEqual([]))
  await eventually(() => expect(rendered).toHaveLength(500))
  expect(ledger.overlapping()).toEqual([])
  expect(rendered.toSorted()).toEqual(messageIds.toSorted())
  expect([await state.take({ botId: '1', shard: 0 }), await state.take({ botId: '1', shard: 0 })]).toEqual(['value', undefined])
  const depths = useQueueDepths(url)
  await eventually(async () => expect((await depths.read()).turns).toMatchObject({ waiting: 0, failed: 0 }))
  const keys = await Promise.all(nodes.map(({ client }) => client.keys('*')))
  for (const key of keys.flat()) expect(key).toMatch(/^\{postino\}:/)
  // One queue is one node's work.
  expect(keys.filter((some) => some.length > 0)).toHaveLength(1)
})

/** How soon all is well again depends on the machine; that it is, does not. */
const PATIENCE = { timeoutMs: 60_000 }

test('events are rendered and sent by processes that know one node of the cluster, and they end when they are asked to', async () => {
  const stage = await createStage(undefined, { redisUrl: url })
  const processes = await Promise.all([stage.startProcess('renderer'), stage.startProcess('sender')])
  const people = await stage.addPeople(await stage.addBot(), 10)

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
  const stage = await createStage(undefined, { redisUrl: url })
  stage.emulator.faults.add({ fault: { kind: 'latency', min_ms: 10, max_ms: 50 } })
  stage.startRenderer()
  stage.startSender({ resendSeconds: 45 })
  stage.startScheduler({ sweepSeconds: 0.3, forgottenSeconds: 1 })
  const people = await stage.addPeople(await stage.addBot(), 10)
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
  const queue = useTurnQueue(url)
  const turns = vi.fn(async () => ({}))
  useTurnWorker(url, { process: turns })
  await queue.wake([{ shopId: '1', botId: '1' }])
  await eventually(() => expect(turns).toHaveBeenCalledTimes(1))

  await Promise.all(nodes.map((node) => node.stop()))
  await Promise.all([
    expect(queue.wake([{ shopId: '1', botId: '2' }])).rejects.toThrow(),
    expect(createTurnState({ redis }).take({ botId: '1', shard: 0 })).rejects.toThrow(),
    expect(pingRedis(redis)).rejects.toThrow(),
  ])
  await Promise.all(nodes.map((node) => node.restart()))
  await eventually(() => queue.wake([{ shopId: '1', botId: '3' }]))
  await eventually(() =>
    expect(turns).toHaveBeenCalledWith({ shopId: '1', botId: '3', shard: 0 }, expect.anything()),
  )
  await pingRedis(redis, 5_000)
}, 60_000)
