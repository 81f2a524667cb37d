import { nodeFlagsOf } from '@postino/embedded'
import { expect, test } from 'vitest'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createStage } from './pipeline-under-test.ts'
import { useQueueDepths, useRedis } from './queues-under-test.ts'

const SHARDS = 3

test('bots are spread evenly, and senders that share the shards send everything, each its own, in order', async () => {
  const stage = await createStage(undefined, { shards: SHARDS })
  const redis = useRedis(stage.redisUrl)
  const bots = []
  for (let count = 0; count < 6; count++) bots.push(await stage.addBot())
  const rows = await stage.database.selectFrom('bots').select(['id', 'shard']).orderBy('id').execute()
  expect(rows.map(({ shard }) => shard)).toEqual([0, 1, 2, 0, 1, 2])
  const people = await Promise.all(bots.map((bot) => stage.addPerson(bot)))
  stage.startRenderer()
  stage.startSender({ serve: [0, 2] })
  const ids = await stage.accept(
    ['first', 'second', 'third'].flatMap((text) => people.map((to) => ({ to, text }))),
  )
  const isOfOne = (_: unknown, index: number) => index % SHARDS === 1
  const others = people.filter((_, index) => index % SHARDS !== 1)

  await waitUntil(() => others.every((person) => stage.textsOf(person).length === 3))
  const waiting = people.filter(isOfOne)
  expect(waiting.map((person) => stage.textsOf(person))).toEqual([[], []])
  await waitUntil(async () => (await stage.readMessages(ids)).every(({ status }) => status !== 'accepted'))
  expect((await useQueueDepths(stage.redisUrl, SHARDS).read()).turns).toMatchObject({ waiting: 2 })

  stage.startSender({ serve: [1] })
  await stage.waitForEnd(ids)
  for (const person of people) expect(stage.textsOf(person)).toEqual(['first', 'second', 'third'])
  const keys = await redis.keys('*')
  for (const [index, { botId }] of bots.entries()) {
    const own = keys.filter((key) => key.endsWith(`:turn-state:${botId}`))
    expect(own).toEqual([`{postino-${index % SHARDS}}:turn-state:${botId}`])
  }
  for (const key of keys) expect(key).toMatch(/^\{postino-[012]\}:/)
}, 30_000)

test('a process that is to serve a shard that is not there says so and ends', async () => {
  const stage = await createStage(undefined, { shards: SHARDS })
  const env = { ...stage.env, HEALTH_PORT: '0', SENDER_SHARDS: '0,3' }
  const main = new URL('../../apps/sender/src/main.ts', import.meta.url)
  const process = startNode(main, { flags: nodeFlagsOf('sender'), env })
  expect(await process.ended).toEqual({ code: 1, signal: null })
  expect(process.stdout()).toContain('there is no shard 3: there are 3, counted from 0')
})
