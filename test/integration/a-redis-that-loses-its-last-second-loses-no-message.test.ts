import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { makeFolder } from '../support/make-folder.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createStage } from './pipeline-under-test.ts'
import { useRedis } from './queues-under-test.ts'
import { startRedisServer } from './redis-server.ts'

test('a Redis that dies under load and comes back as it was a second before: all is sent once, in order, inside the limits', async () => {
  const settings = ['--dir', makeFolder()]
  let server = await startRedisServer({ settings })
  const { url, port } = server
  atEnd(() => server.stop())
  const stage = await createStage({}, { redisUrl: url })
  const { emulator } = stage
  stage.startRenderer()
  stage.startScheduler({ sweepSeconds: 0.3, forgottenSeconds: 1 })
  // One process: its locks may come back with turns that are over, and two turns of a bot be under way.
  stage.startSender({ resendSeconds: 45 })
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 5, max_ms: 100 } })
  const bots = await Promise.all([0, 1, 2].map(() => stage.addBot()))
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 25)))).flat()
  const notes = [0, 1, 2, 3].flatMap((index) => people.map((to) => ({ to, text: `#${index}` })))
  const ids = await stage.accept(notes)
  await waitUntil(() => emulator.report().ok >= 60)

  // What it would have on its disk.
  await useRedis(url).save()
  const savedAtMs = Date.now()
  await waitUntil(() => Date.now() >= savedAtMs + 1_000)
  await server.stop()
  server = await startRedisServer({ port, settings })

  const messages = await stage.waitForEnd(ids, { timeoutMs: 30_000 })
  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  expect(emulator.report()).toMatchObject({ refusals: 0, duplicate_count: 0, ok: ids.length })
  for (const person of people) expect(stage.textsOf(person)).toEqual(['#0', '#1', '#2', '#3'])
}, 60_000)
