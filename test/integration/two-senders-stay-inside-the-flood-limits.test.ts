import { expect, test } from 'vitest'
import { createStage } from './pipeline-under-test.ts'

test('two senders, three bots, sixty chats each: no call is refused, and none is lost', async () => {
  // The emulator as it comes: 30 in any second of a bot, in a chat one a second after a burst of three.
  const stage = await createStage({})
  const { emulator } = stage
  stage.startRenderer()
  await Promise.all([stage.startProcess('sender'), stage.startProcess('sender')])
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 5, max_ms: 60 } })
  const bots = [await stage.addBot(), await stage.addBot(), await stage.addBot()]
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 60)))).flat()
  const notes = [0, 1, 2].flatMap((index) => people.map((to) => ({ to, text: `#${index}` })))

  const messages = await stage.waitForEnd(await stage.accept(notes), { timeoutMs: 40_000 })

  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  const report = emulator.report()
  expect(report).toMatchObject({ refusals: 0, calls_inside_penalty: 0, ok: 540, duplicate_count: 0 })
  expect(report.peak_per_second).toBeLessThanOrEqual(30)
  for (const person of people) expect(stage.textsOf(person)).toEqual(['#0', '#1', '#2'])
}, 60_000)
