import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type TestPerson } from './pipeline-under-test.ts'

const BOTS = 25
const PEOPLE_PER_BOT = 30
const PER_PERSON = 3

function notesFor(people: TestPerson[], from: number, to: number): Note[] {
  return Array.from({ length: to - from }, (_, index) =>
    people.map((person) => ({ to: person, text: `#${from + index}` })),
  ).flat()
}

test('FLUSHALL twice with thousands queued for many bots: all is sent once, and no limit is broken by starting cold', async () => {
  const stage = await createStage({})
  const { emulator } = stage
  stage.startRenderer()
  stage.startScheduler({ sweepSeconds: 0.3, forgottenSeconds: 1 })
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 5, max_ms: 80 } })
  const bots = await Promise.all(Array.from({ length: BOTS }, () => stage.addBot()))
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, PEOPLE_PER_BOT)))).flat()
  const ids = await stage.accept(notesFor(people, 0, PER_PERSON))
  await Promise.all([stage.startProcess('sender'), stage.startProcess('sender')])

  for (const share of [0.15, 0.4]) {
    await waitUntil(() => emulator.report().ok >= ids.length * share, { timeoutMs: 20_000 })
    await stage.flushRedis()
  }

  const messages = await stage.waitForEnd(ids, { timeoutMs: 40_000 })
  expect(messages.filter(({ status, attempts }) => status !== 'sent' || attempts !== 1)).toEqual([])
  const report = emulator.report()
  expect(report).toMatchObject({ refusals: 0, calls_inside_penalty: 0, duplicate_count: 0, ok: ids.length })
  for (const person of people) expect(stage.textsOf(person)).toEqual(['#0', '#1', '#2'])
}, 90_000)
