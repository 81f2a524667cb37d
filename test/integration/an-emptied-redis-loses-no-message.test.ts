import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage, type Note, type TestPerson } from './pipeline-under-test.ts'

function notesFor(people: TestPerson[], perPerson: number): Note[] {
  return Array.from({ length: perPerson }, (_, index) =>
    people.map((to) => ({ to, text: `#${index}` })),
  ).flat()
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `#${index}`)
}

test('FLUSHALL in the middle of a load: the sweeper brings everything back, and all is sent once, in order', async () => {
  const stage = await createStage()
  const { emulator, database } = stage
  emulator.faults.add({ fault: { kind: 'latency', min_ms: 20, max_ms: 100 } })
  const renderer = stage.startRenderer()
  // One process: after the flush it may have two turns of a bot at the same time.
  stage.startSender({ resendSeconds: 45 })
  const scheduler = stage.startScheduler({ sweepSeconds: 0.2, forgottenSeconds: 1 })
  const bots = [await stage.addBot(), await stage.addBot()]
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 15)))).flat()
  const ids = await stage.accept(notesFor(people, 4))
  await waitUntil(() => emulator.report().ok >= 15)

  await stage.flushRedis()
  // New messages come as ever, and wake the bots beside the turns that lost their jobs.
  ids.push(...(await stage.accept(people.map((to) => ({ to, text: '#4' })))))
  // These were accepted just before: their render jobs are lost.
  await renderer.close()
  ids.push(...(await stage.accept(people.map((to) => ({ to, text: '#5' })))))
  await stage.flushRedis()
  stage.startRenderer()

  const messages = await stage.waitForEnd(ids, { timeoutMs: 30_000 })
  expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
  expect(emulator.report()).toMatchObject({ duplicate_count: 0 })
  for (const person of people) expect(stage.textsOf(person)).toEqual(numbers(6))
  expect(await scheduler.renderMetrics()).toMatch(/postino_swept_total\{stage="render"\} [1-9]/)
  expect(await database.selectFrom('messages').select('id').where('resends', '>', 0).execute()).toEqual([])
}, 60_000)

test('in a normal run the sweeper finds nothing', async () => {
  const stage = await createStage()
  stage.startRenderer()
  stage.startSender()
  const scheduler = stage.startScheduler({ sweepSeconds: 0.1, forgottenSeconds: 2 })
  const people = await stage.addPeople(await stage.addBot(), 10)
  const ids = await stage.accept(notesFor(people, 5))
  await stage.waitForEnd(ids)
  const metrics = await scheduler.renderMetrics()
  expect(metrics).toContain('postino_swept_total{stage="render"} 0')
  expect(metrics).toContain('postino_swept_total{stage="turn"} 0')
})
