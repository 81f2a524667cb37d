import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createStage } from './pipeline-under-test.ts'

const EVERY = { sweepSeconds: 0.05, forgottenSeconds: 1 }

function sweptOf(metrics: string, stage: 'render' | 'turn'): number {
  return Number(new RegExp(`postino_swept_total\\{stage="${stage}"\\} (\\d+)`).exec(metrics)?.[1])
}

test('two schedulers find lost work once between them', async () => {
  const stage = await createStage()
  stage.startRenderer()
  const bots = [await stage.addBot(), await stage.addBot()]
  const people = (await Promise.all(bots.map((bot) => stage.addPeople(bot, 10)))).flat()
  // Half has lost its render jobs, the other half was rendered and has lost its bots' wakes.
  const lost = await stage.acceptOnly(people.slice(0, 10).map((to) => ({ to, text: 'a' })))
  const queued = await stage.accept(people.slice(10).map((to) => ({ to, text: 'b' })))
  await waitUntil(async () => (await stage.readMessages(queued)).every(({ status }) => status === 'queued'))
  await stage.flushRedis()
  stage.startSender()

  const schedulers = [stage.startScheduler(EVERY), stage.startScheduler(EVERY)]

  await stage.waitForEnd([...lost, ...queued])
  const metrics = await Promise.all(schedulers.map((scheduler) => scheduler.renderMetrics()))
  expect(metrics.map((text) => sweptOf(text, 'render')).reduce((sum, count) => sum + count)).toBe(10)
  expect(metrics.map((text) => sweptOf(text, 'turn')).reduce((sum, count) => sum + count)).toBe(1)
})
